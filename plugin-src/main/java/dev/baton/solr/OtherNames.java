package dev.baton.solr;

import dev.baton.graph.GraphView;
import dev.baton.graph.NameFinder;
import dev.baton.search.OtherName;
import dev.baton.text.Language;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.DisjunctionMaxQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.util.QueryBuilder;

/**
 * Finds what the entities that a question names are called in another language, and makes phrases
 * of these names in the fields of that language. A name has the language of its script. Bounded: at
 * most {@value #MAX_ENTITIES} entities and {@value #MAX_NAMES} names of each.
 */
final class OtherNames {

  private static final int MAX_ENTITIES = 8;
  private static final int MAX_NAMES = 4;

  /** Fields of texts in any language, which cut Chinese into its characters. */
  private static final Map<String, Float> PLAIN =
      Map.of(EnrichmentFields.TITLE, 1f, EnrichmentFields.BODY, 1f);

  private OtherNames() {}

  /**
   * The names.
   *
   * @param language the other one
   * @param fields of that language, with their weights
   * @param analyzer of queries, for every field
   */
  static List<OtherName> of(
      GraphView graph,
      String question,
      Language language,
      Map<String, Float> fields,
      Analyzer analyzer) {
    List<OtherName> names = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (NameFinder.Found found : new NameFinder(graph).find(question)) {
      for (String entity : new TreeSet<>(found.entities())) {
        if (seen.size() < MAX_ENTITIES && seen.add(entity)) {
          graph.members(entity).stream()
              .filter(member -> Language.detect(member) == language)
              .sorted()
              .limit(MAX_NAMES)
              .forEach(member ->
                  names.add(
                      new OtherName(
                          entity, found.surface(), member, phrases(member, fields, analyzer))));
        }
      }
    }
    return names;
  }

  /** The names as a question: the first of each entity. */
  static String question(List<OtherName> names) {
    Map<String, String> first = new LinkedHashMap<>();
    names.forEach(name -> first.putIfAbsent(name.entity(), name.name()));
    return String.join(" ", first.values());
  }

  /**
   * The name as a phrase in the fields of its language, where it is cut into words by what stands
   * around it, or in the plain ones, whichever is better.
   */
  private static Query phrases(String name, Map<String, Float> fields, Analyzer analyzer) {
    return new DisjunctionMaxQuery(
        List.of(phrase(name, fields, analyzer), phrase(name, PLAIN, analyzer)), 0);
  }

  /** The scores of the fields add up, as those of a question's words. */
  private static Query phrase(String name, Map<String, Float> fields, Analyzer analyzer) {
    BooleanQuery.Builder phrases = new BooleanQuery.Builder();
    fields.forEach((field, weight) -> {
      Query phrase = new QueryBuilder(analyzer).createPhraseQuery(field, name);
      if (phrase != null) {
        phrases.add(weight == 1 ? phrase : new BoostQuery(phrase, weight), Occur.SHOULD);
      }
    });
    return phrases.build();
  }
}
