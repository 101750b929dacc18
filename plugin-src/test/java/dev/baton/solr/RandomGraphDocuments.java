package dev.baton.solr;

import dev.baton.graph.GraphTerms;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.apache.solr.common.SolrInputDocument;

/**
 * Documents that say little about few entities, so that the same is said often, and aliases lead to
 * each other: mentions with types, co-occurrences, triples that the rules of the test configset
 * know and others, curated entities, aliases and corrections. One document is often of several
 * kinds.
 */
final class RandomGraphDocuments {

  static final List<String> IDS =
      List.of("ada", "adam", "bea", "beat", "cai", "cain", "dan", "eve");

  private static final List<String> RELATIONS = List.of("in", "in", "lives", "near", "knows");
  private static final List<String> QUARRELSOME = List.of("in", "lives", "lives", "quarrels");
  private static final List<String> TYPES = List.of("PER", "LOC");
  private static final List<String> KINDS = List.of("open", "secret", "curated");

  private final Random random;
  private final List<String> relations;

  /**
   * @param quarrels whether some document states what a rule wants to be absent
   */
  RandomGraphDocuments(Random random, boolean quarrels) {
    this.random = random;
    this.relations = quarrels ? QUARRELSOME : RELATIONS;
  }

  String id() {
    return pick(IDS);
  }

  String relation() {
    return pick(relations);
  }

  String kind() {
    return pick(KINDS);
  }

  SolrInputDocument document(String id) {
    SolrInputDocument document = new SolrInputDocument("id", id, "kind", kind());
    for (int i = random.nextInt(4); i >= 0; i--) {
      String one = id();
      String other = id();
      switch (random.nextInt(13)) {
        case 0, 1 -> mention(document, one);
        case 2 -> add(document, GraphTerms.ABOUT, one);
        case 3 -> pair(document, GraphTerms.COOCCURRENCES, one, other);
        case 4 -> {
          if (!one.equals(other)) {
            add(document, GraphTerms.ALIAS_OF, one, other);
          }
        }
        case 5 -> add(document, GraphTerms.CURATED_AS, one, pick(TYPES));
        case 6 -> add(document, GraphTerms.DENIED, one, relation(), other);
        case 7 -> pair(document, GraphTerms.DIFFERENT, one, other);
        default -> {
          add(document, GraphTerms.TRIPLES, one, relation(), other);
          mention(document, random.nextBoolean() ? one : other);
        }
      }
    }
    return document;
  }

  private static void pair(SolrInputDocument document, String field, String one, String other) {
    if (!one.equals(other)) {
      boolean inOrder = one.compareTo(other) < 0;
      add(document, field, inOrder ? one : other, inOrder ? other : one);
    }
  }

  private void mention(SolrInputDocument document, String id) {
    add(document, GraphTerms.ENTITIES, id);
    String surface = random.nextBoolean() ? id : id.toUpperCase(Locale.ROOT);
    add(document, GraphTerms.NAMES, id, pick(TYPES), surface);
  }

  private static void add(SolrInputDocument document, String field, String... parts) {
    String term = GraphTerms.term(parts);
    if (document.getFieldValues(field) == null || !document.getFieldValues(field).contains(term)) {
      document.addField(field, term);
    }
  }

  private String pick(List<String> list) {
    return list.get(random.nextInt(list.size()));
  }
}
