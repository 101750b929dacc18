package dev.baton.walk;

import java.util.Optional;

/**
 * An entity that the graph leads to, with the best reason.
 *
 * @param entity its id
 * @param score what a document about it is granted, in [0, 1]
 * @param surface how the question or the first hit names it
 * @param via the first hit that names it; empty where the question does itself
 * @param evidence the words of the first hit around the name; where the question names it, the
 *     other name by which the document does, or empty
 */
public record Reached(
    String entity, double score, String surface, Optional<Via> via, String evidence) {

  /**
   * A first hit without its text, which a reached entity would else keep in caches of queries.
   *
   * @param start whether the walk began at this document, in place of a question
   */
  public record Via(String documentId, String title, boolean start) {

    /** A hit of a question. */
    public Via(String documentId, String title) {
      this(documentId, title, false);
    }
  }

  /** The same, reached by a walk that began at the document by which it was reached. */
  public Reached fromStart() {
    return new Reached(
        entity,
        score,
        surface,
        via.map(hit -> new Via(hit.documentId(), hit.title(), true)),
        evidence);
  }

  /** One line for people: how the question, or the document in its place, leads to the entity. */
  public String path() {
    return via.map(hit ->
            "%sdocument %s (%s) -> \"%s\" -> entity %s"
                .formatted(
                    hit.start() ? "" : "question -> ",
                    hit.documentId(),
                    hit.title(),
                    evidence,
                    entity))
        .orElse(
            "question -> \"%s\" -> entity %s%s"
                .formatted(surface, entity, evidence.isEmpty() ? "" : " -> \"" + evidence + "\""));
  }
}
