package dev.baton.reasoning;

/**
 * All facts of a state: for each relation of the rules a tree by subject and object, and one by
 * object and subject.
 */
final class FactStore {

  private final FactTree[] bySubject;
  private final FactTree[] byObject;

  private FactStore(FactTree[] bySubject, FactTree[] byObject) {
    this.bySubject = bySubject;
    this.byObject = byObject;
  }

  static FactStore empty(int relations) {
    FactStore store = new FactStore(new FactTree[relations], new FactTree[relations]);
    for (int i = 0; i < relations; i++) {
      store.bySubject[i] = new FactTree();
      store.byObject[i] = new FactTree();
    }
    return store;
  }

  static long key(int subject, int object) {
    return (long) subject << 32 | object;
  }

  static int subject(long key) {
    return (int) (key >>> 32);
  }

  static int object(long key) {
    return (int) key;
  }

  /** The same facts for another owner. O(relations of the rules). */
  FactStore copy() {
    FactStore copy = new FactStore(bySubject.clone(), byObject.clone());
    for (int i = 0; i < bySubject.length; i++) {
      copy.bySubject[i] = bySubject[i].copy();
      copy.byObject[i] = byObject[i].copy();
    }
    return copy;
  }

  Fact get(int relation, long key) {
    return bySubject[relation].get(key);
  }

  /** Puts a fact; null removes it. */
  void set(int relation, long key, Fact fact, Object owner) {
    long turned = key(object(key), subject(key));
    if (fact == null) {
      bySubject[relation].remove(key, owner);
      byObject[relation].remove(turned, owner);
    } else {
      bySubject[relation].put(key, fact, owner);
      byObject[relation].put(turned, fact, owner);
    }
  }

  int size(int relation) {
    return bySubject[relation].size();
  }

  /** Over all facts of a relation, or those of a subject; keys are those of {@link #key}. */
  void bySubject(FactTree.Cursor cursor, int relation, int first, int last) {
    cursor.range(bySubject[relation], key(first, 0), key(last, 0) | 0xFFFFFFFFL);
  }

  /** Over the facts of an object; keys have object and subject in each other's place. */
  void byObject(FactTree.Cursor cursor, int relation, int object) {
    cursor.range(byObject[relation], key(object, 0), key(object, 0) | 0xFFFFFFFFL);
  }
}
