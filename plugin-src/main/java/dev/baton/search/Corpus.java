package dev.baton.search;

import dev.baton.graph.GraphView;
import dev.baton.walk.FirstHit;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a walk over the graph asks of the documents, be they of one index or of all shards. Used by
 * one thread for one question.
 */
public interface Corpus {

  /**
   * A graph that finds in these texts every name that the documents know, and knows the members of
   * what they mean, and of what {@link #descriptions} are about, and how many documents are about
   * them.
   */
  GraphView graph(List<String> texts) throws IOException;

  /** Whether the request sees a document that says that a name stands for an entity. */
  boolean isBound(String name, String entity) throws IOException;

  /**
   * The documents from which the walk starts.
   *
   * @param named ids; documents about them are among the first hits
   * @param elsewhere document ids; these are among them too
   */
  FirstHits firstHits(Set<String> named, Collection<String> elsewhere) throws IOException;

  /** The one document that stands in for a question; empty where there is a question. */
  Optional<FirstHit> start() throws IOException;

  /** The curated descriptions that are nearest to the question in meaning. */
  List<Description> descriptions() throws IOException;

  /** The documents that write names of another language, the best of each name. */
  Map<OtherName, List<Writing>> writing(OtherLanguage other) throws IOException;
}
