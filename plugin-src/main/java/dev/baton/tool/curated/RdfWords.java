package dev.baton.tool.curated;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.rdf4j.model.vocabulary.DC;
import org.eclipse.rdf4j.model.vocabulary.DCTERMS;
import org.eclipse.rdf4j.model.vocabulary.FOAF;
import org.eclipse.rdf4j.model.vocabulary.OWL;
import org.eclipse.rdf4j.model.vocabulary.RDF;
import org.eclipse.rdf4j.model.vocabulary.RDFS;
import org.eclipse.rdf4j.model.vocabulary.SKOS;

/** What the words of RDF's common vocabularies are in Baton's. */
final class RdfWords {

  private static final Set<String> SCHEMA = Set.of("http://schema.org/", "https://schema.org/");

  private static final Set<String> PREFERRED = Set.of(SKOS.PREF_LABEL.stringValue());
  private static final Set<String> LABELS =
      Set.of(RDFS.LABEL.stringValue(), FOAF.NAME.stringValue());
  private static final Set<String> ALIASES = Set.of(SKOS.ALT_LABEL.stringValue());
  private static final Set<String> DESCRIPTIONS =
      Set.of(
          RDFS.COMMENT.stringValue(),
          SKOS.DEFINITION.stringValue(),
          DC.DESCRIPTION.stringValue(),
          DCTERMS.DESCRIPTION.stringValue());

  private static final Set<String> PAGES =
      Set.of(FOAF.HOMEPAGE.stringValue(), FOAF.PAGE.stringValue(), FOAF.DEPICTION.stringValue());

  private static final Set<String> VOCABULARIES =
      Set.of(RDF.NAMESPACE, RDFS.NAMESPACE, OWL.NAMESPACE);

  /** Types that say nothing of what an entity is. */
  private static final Set<String> NO_TYPES =
      Set.of(
          OWL.THING.stringValue(),
          OWL.NAMEDINDIVIDUAL.stringValue(),
          RDFS.RESOURCE.stringValue(),
          SKOS.CONCEPT.stringValue());

  /** Local names of types, in lower case, that Baton has a word for. */
  private static final Map<String, String> TYPES =
      Map.ofEntries(
          Map.entry("person", "PER"),
          Map.entry("human", "PER"),
          Map.entry("organization", "ORG"),
          Map.entry("organisation", "ORG"),
          Map.entry("company", "ORG"),
          Map.entry("place", "LOC"),
          Map.entry("location", "LOC"),
          Map.entry("city", "LOC"),
          Map.entry("country", "LOC"),
          Map.entry("creativework", "WORK"),
          Map.entry("work", "WORK"),
          Map.entry("book", "WORK"),
          Map.entry("film", "WORK"),
          Map.entry("movie", "WORK"));

  /** What a statement says of its subject. */
  enum Use {
    PREFERRED_NAME,
    NAME,
    ALIAS,
    DESCRIPTION,
    TYPE,
    SAME_AS,
    RELATION
  }

  private RdfWords() {}

  static Use use(String predicate) {
    if (PREFERRED.contains(predicate)) {
      return Use.PREFERRED_NAME;
    } else if (LABELS.contains(predicate) || isSchema(predicate, "name")) {
      return Use.NAME;
    } else if (ALIASES.contains(predicate) || isSchema(predicate, "alternateName")) {
      return Use.ALIAS;
    } else if (DESCRIPTIONS.contains(predicate) || isSchema(predicate, "description")) {
      return Use.DESCRIPTION;
    } else if (predicate.equals(RDF.TYPE.stringValue())) {
      return Use.TYPE;
    }
    return predicate.equals(OWL.SAMEAS.stringValue()) ? Use.SAME_AS : Use.RELATION;
  }

  private static boolean isSchema(String iri, String localName) {
    return iri.endsWith(localName)
        && SCHEMA.contains(iri.substring(0, iri.length() - localName.length()));
  }

  /** Whether a predicate says that two things are not one. */
  static boolean isDifferentFrom(String predicate) {
    return predicate.equals(OWL.DIFFERENTFROM.stringValue());
  }

  /** Whether a predicate leads to a page or a picture in the web. */
  static boolean isPage(String predicate) {
    return PAGES.contains(predicate) || isSchema(predicate, "url") || isSchema(predicate, "image");
  }

  /** Whether a word belongs to the languages in which vocabularies are written. */
  static boolean isOfVocabularies(String iri) {
    return VOCABULARIES.stream().anyMatch(iri::startsWith);
  }

  /** Whether what has this type is a word, a class or a relation, and no entity. */
  static boolean isTypeOfWords(String type) {
    return isOfVocabularies(type) && !NO_TYPES.contains(type);
  }

  /** Whether a type says what an entity is. */
  static boolean isTelling(String type) {
    return !NO_TYPES.contains(type);
  }

  /** Baton's own word for a type. */
  static Optional<String> type(String iri) {
    return Optional.ofNullable(TYPES.get(LocalName.of(iri).toLowerCase(Locale.ROOT)));
  }
}
