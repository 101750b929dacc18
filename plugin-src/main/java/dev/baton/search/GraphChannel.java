package dev.baton.search;

import dev.baton.graph.GraphView;
import dev.baton.walk.ChainSettings;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.lucene.search.Query;

/**
 * Grants documents a score because of what they are about: an entity that the question names, or
 * one that a first hit names.
 *
 * @param graph the view of the very searcher that is asked; compared by identity
 * @param question the words of the user
 * @param settings how far a chain carries
 * @param idField stored string field with the document id
 * @param textFields stored fields in which first hits name entities, the title first; at least one
 * @param start the one document that stands in for a question: the walk goes from what it names;
 *     empty where there is a question
 * @param meant what documents about an entity get of the vector score of its curated description,
 *     in [0, 1]; 0 to leave that out
 * @param otherLanguage how documents of another language are reached; empty to leave them out
 */
public record GraphChannel(
    GraphView graph,
    String question,
    ChainSettings settings,
    String idField,
    List<String> textFields,
    Optional<Query> start,
    double meant,
    Optional<OtherLanguage> otherLanguage) {

  /** For a question, by the names in it alone. */
  public GraphChannel(
      GraphView graph,
      String question,
      ChainSettings settings,
      String idField,
      List<String> textFields) {
    this(graph, question, settings, idField, textFields, Optional.empty(), 0, Optional.empty());
  }

  public GraphChannel {
    Objects.requireNonNull(graph);
    Objects.requireNonNull(question);
    Objects.requireNonNull(settings);
    Objects.requireNonNull(idField);
    Objects.requireNonNull(start);
    Objects.requireNonNull(otherLanguage);
    if (!(meant >= 0 && meant <= 1)) {
      throw new IllegalArgumentException("meant must be in [0, 1], got: " + meant);
    }
    textFields = List.copyOf(textFields);
    if (textFields.isEmpty()) {
      throw new IllegalArgumentException("the graph channel needs at least one text field");
    }
  }
}
