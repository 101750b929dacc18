package dev.baton.extraction;

import dev.baton.graph.FoldedGraph;
import dev.baton.text.Language;
import java.util.Optional;

/** What is known while a text is read. Used by one thread. */
public interface Knowledge {

  /** The graph of the documents that are there. */
  FoldedGraph graph();

  /**
   * The unit vector of a document in the given language that says what an entity is: a curated
   * description, else a document about it.
   *
   * @param entity a canonical id
   */
  Optional<float[]> description(String entity, Language language);
}
