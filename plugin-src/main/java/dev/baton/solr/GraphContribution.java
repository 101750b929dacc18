package dev.baton.solr;

import dev.baton.extraction.DocumentExtractor;
import dev.baton.extraction.Extraction;
import dev.baton.extraction.Gazetteer;
import dev.baton.extraction.Knowledge;
import dev.baton.extraction.LinkedMention;
import dev.baton.extraction.Linker;
import dev.baton.extraction.Reading;
import dev.baton.extraction.TitleEntities;
import dev.baton.text.EntityName;
import java.util.List;
import java.util.Optional;

/**
 * What a document that was read says of the graph: the mentions of the models and the names that
 * the graph knows, each linked to an entity.
 *
 * @param about ids of the entities that it is about by its title
 */
record GraphContribution(List<String> about, Extraction extraction) {

  /**
   * Joins and links by what is known now; by names alone where nothing is.
   *
   * @param names those of the graph that are recognised in the text
   */
  static GraphContribution of(
      SourceDocument source, Reading reading, CurrentKnowledge current, Gazetteer.Names names) {
    List<String> about;
    List<LinkedMention> linked;
    try (CurrentKnowledge.Held held = current.hold()) {
      Optional<Knowledge> known = held.knowledge();
      about =
          known
              .map(knowledge -> TitleEntities.about(source.title(), knowledge.graph()))
              .orElseGet(() -> TitleEntities.about(source.title()));
      linked =
          known
              .map(knowledge -> linked(source, reading, about, knowledge, names))
              .orElseGet(() -> Linker.byName(reading.mentions()));
    }
    return new GraphContribution(
        about,
        DocumentExtractor.extractLinked(
            source.text(), source.language().orElseThrow(), withOwnName(source, linked)));
  }

  private static List<LinkedMention> linked(
      SourceDocument source,
      Reading reading,
      List<String> about,
      Knowledge knowledge,
      Gazetteer.Names names) {
    String text = source.text().text();
    return new Linker(knowledge)
        .link(
            text,
            source.language().orElseThrow(),
            about,
            new Gazetteer(knowledge.graph(), names).merge(text, reading.mentions()),
            reading.embedding());
  }

  /** A curated document means itself by its name, whoever else bears it. */
  private static List<LinkedMention> withOwnName(
      SourceDocument source, List<LinkedMention> linked) {
    return source
        .ownName()
        .map(own ->
            linked.stream()
                .map(one ->
                    EntityName.normalize(one.mention().surface()).equals(own.getKey())
                        ? one.of(own.getValue())
                        : one)
                .toList())
        .orElse(linked);
  }
}
