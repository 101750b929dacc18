package dev.baton.reasoning;

import dev.baton.reasoning.Term.Constant;
import dev.baton.reasoning.Term.Variable;
import java.util.ArrayList;
import java.util.List;

/**
 * A relation between two terms. That an entity is of a type is the relation {@link #TYPE} to the
 * name of the type, and is written shorter: {@code X:PER}.
 *
 * @param relation edge type, such as {@code author}
 */
public record Atom(String relation, Term subject, Term object) {

  /** The relation of an entity to its types. */
  public static final String TYPE = "type";

  /** Refuses a relation that no triple can have. */
  public Atom {
    if (relation.isEmpty() || relation.indexOf('\t') >= 0) {
      throw new IllegalArgumentException(
          "a relation needs a name without tabs, got: '" + relation + "'");
    }
  }

  /** That a term is of a type. */
  public static Atom type(Term term, String type) {
    return new Atom(TYPE, term, new Constant(type));
  }

  /** The variables, subject first, each once. */
  public List<Variable> variables() {
    List<Variable> variables = new ArrayList<>(2);
    if (subject instanceof Variable variable) {
      variables.add(variable);
    }
    if (object instanceof Variable variable && !object.equals(subject)) {
      variables.add(variable);
    }
    return variables;
  }

  @Override
  public String toString() {
    if (relation.equals(TYPE) && object instanceof Constant type && subject instanceof Variable) {
      return subject + ":" + Names.written(type.entity());
    }
    return Names.written(relation) + "(" + subject + ", " + object + ")";
  }
}
