package dev.baton.solr;

import dev.baton.extraction.DocumentExtractor;
import dev.baton.extraction.DocumentRelations;
import dev.baton.extraction.Extraction;
import dev.baton.extraction.FoundTriple;
import dev.baton.extraction.Gazetteer;
import dev.baton.extraction.Knowledge;
import dev.baton.extraction.LinkedMention;
import dev.baton.extraction.Linker;
import dev.baton.extraction.Reading;
import dev.baton.extraction.TitleEntities;
import dev.baton.extraction.relations.RelationRules;
import dev.baton.text.EntityName;
import dev.baton.text.Language;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a document that was read says of the graph: the mentions of the models and the names that
 * the graph knows, each linked to an entity.
 *
 * @param about ids of the entities that it is about by its title
 * @param triples what patterns found, between entities that it names
 */
record GraphContribution(List<String> about, Extraction extraction, List<FoundTriple> triples) {

  /**
   * Joins and links by what is known now; by names alone where nothing is.
   *
   * @param corrections what curators say of its names, which goes before all else
   * @param names those of the graph that are recognised in the text
   * @param rules empty where no relations are looked for
   */
  static GraphContribution of(
      SourceDocument source,
      Reading reading,
      CurrentKnowledge current,
      MentionCorrections corrections,
      Gazetteer.Names names,
      Optional<RelationRules> rules) {
    List<String> about;
    List<LinkedMention> linked;
    try (CurrentKnowledge.Held held = current.hold()) {
      Optional<Knowledge> known = held.knowledge();
      about =
          corrections.appliedTo(
              known
                  .map(knowledge -> TitleEntities.about(source.title(), knowledge.graph()))
                  .orElseGet(() -> TitleEntities.about(source.title())));
      linked =
          known
              .map(knowledge -> linked(source, reading, about, knowledge, names))
              .orElseGet(() -> Linker.byName(reading.mentions()));
    }
    List<LinkedMention> own = corrections.applied(withOwnName(source, linked));
    Language language = source.language().orElseThrow();
    Extraction extraction = DocumentExtractor.extractLinked(source.text(), language, own);
    return new GraphContribution(
        about,
        extraction,
        rules.map(its -> triples(its, source, about, extraction, own)).orElse(List.of()));
  }

  /** A triple counts if both its ends are entities of the document, which keeps the first ones. */
  private static List<FoundTriple> triples(
      RelationRules rules,
      SourceDocument source,
      List<String> title,
      Extraction extraction,
      List<LinkedMention> linked) {
    List<String> about = source.ownName().map(own -> List.of(own.getValue())).orElse(title);
    Set<String> entities = new HashSet<>(about);
    entities.addAll(extraction.entities());
    return DocumentRelations.of(
            rules, source.text(), source.language().orElseThrow(), source.title(), about, linked)
        .stream()
        .filter(triple -> entities.contains(triple.subject().entity()))
        .filter(triple -> triple.value().isPresent() || entities.contains(triple.object().entity()))
        .toList();
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
