package dev.baton.reasoning;

/** An argument of an {@link Atom}. */
public sealed interface Term {

  /** Stands for any entity, the same wherever the rule names it. */
  record Variable(String name) implements Term {

    /** Refuses an empty name. */
    public Variable {
      if (name.isEmpty()) {
        throw new IllegalArgumentException("a variable needs a name");
      }
    }

    @Override
    public String toString() {
      return name;
    }
  }

  /** One entity, by its id. */
  record Constant(String entity) implements Term {

    /** Refuses an empty id. */
    public Constant {
      if (entity.isEmpty()) {
        throw new IllegalArgumentException("a constant needs an entity id");
      }
    }

    @Override
    public String toString() {
      return Names.quoted(entity);
    }
  }
}
