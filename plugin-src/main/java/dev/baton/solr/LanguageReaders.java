package dev.baton.solr;

import java.util.List;
import java.util.Optional;

/**
 * Who reads the texts of one language, and which vector field each reader writes. While a model is
 * being exchanged there are two: the current one reads all, the previous one only embeds, so that
 * questions can be compared with every document until each has a vector of the current one.
 *
 * @param current reads new, changed and stale documents
 * @param previous embeds them too, and embeds the questions; empty where no change is going on
 * @param relations what determines the relations found in such texts; empty where none are
 * @param classes what determines the classes of such texts; empty where none are
 */
record LanguageReaders(
    VectorSpace current, Optional<VectorSpace> previous, String relations, String classes)
    implements AutoCloseable {

  /** The vectors that each document of the language has. */
  List<VectorSpace> spaces() {
    return previous.map(old -> List.of(current, old)).orElse(List.of(current));
  }

  /** The vectors that questions are compared with. */
  VectorSpace questions() {
    return previous.orElse(current);
  }

  /** What determines an enrichment besides the document, the classes excepted. */
  String identity() {
    String read = current.reader().identity() + "|" + current.field();
    return relations.isEmpty() ? read : read + "|" + relations;
  }

  /** What a document that today's models read and classified has in {@code enrichment_model}. */
  String mark() {
    return prefix(current) + Fingerprint.brief(identity() + classes);
  }

  /** With what the mark of a document begins whose vectors are of a space. */
  static String prefix(VectorSpace space) {
    return Fingerprint.brief(space.reader().space()) + "-";
  }

  @Override
  public void close() {
    spaces().forEach(space -> space.reader().close());
  }
}
