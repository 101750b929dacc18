package dev.baton.reasoning;

/**
 * An atom in numbers. A term of 0 or more is a variable of the rule, a negative one the complement
 * of an entity's code.
 */
record CodedAtom(int relation, int subject, int object) {

  /** The entity of a term under the values of variables. */
  static int value(int term, int[] values) {
    return term >= 0 ? values[term] : ~term;
  }

  int subject(int[] values) {
    return value(subject, values);
  }

  int object(int[] values) {
    return value(object, values);
  }

  /** The key of the triple under the values of variables. */
  long key(int[] values) {
    return FactStore.key(subject(values), object(values));
  }
}
