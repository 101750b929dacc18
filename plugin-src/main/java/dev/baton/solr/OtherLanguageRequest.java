package dev.baton.solr;

import dev.baton.config.BlendSettings;
import dev.baton.fusion.Blend;
import dev.baton.fusion.CosineScale;
import dev.baton.fusion.Saturation;
import dev.baton.graph.GraphView;
import dev.baton.graph.NameFinder;
import dev.baton.search.OtherLanguage;
import dev.baton.search.OtherName;
import dev.baton.search.VectorChannel;
import dev.baton.text.Language;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.DisjunctionMaxQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.util.QueryBuilder;
import org.apache.solr.core.SolrCore;
import org.apache.solr.request.SolrQueryRequest;

/**
 * How a request reaches documents of another language: by what the entities that its question names
 * are called there. A name has the language of its script, and is looked for as a phrase in the
 * fields of that language. Bounded: at most {@value #MAX_ENTITIES} entities and {@value #MAX_NAMES}
 * names of each.
 *
 * @param request for its core and schema
 * @param language the other one
 * @param fields of that language, with their weights
 * @param settings for the language of the question
 * @param there the same settings for the other language
 */
record OtherLanguageRequest(
    SolrQueryRequest request,
    Language language,
    Map<String, Float> fields,
    BlendSettings settings,
    BlendSettings there) {

  private static final int MAX_ENTITIES = 8;
  private static final int MAX_NAMES = 4;

  /** Fields of texts in any language, which cut Chinese into its characters. */
  private static final Map<String, Float> PLAIN =
      Map.of(EnrichmentFields.TITLE, 1f, EnrichmentFields.BODY, 1f);

  /**
   * The names that a graph knows of what a question names, and their vector as a question of their
   * language; empty if it knows none.
   */
  Optional<OtherLanguage> of(GraphView graph, String question) {
    List<OtherName> names = names(graph, question);
    if (names.isEmpty()) {
      return Optional.empty();
    }
    SolrCore core = request.getCore();
    return Optional.of(
        there.vectorWeight() > 0 && CoreReaders.reads(core, language)
            ? with(
                names,
                CoreReaders.questionField(core, language),
                CoreReaders.embedding(core, language, asQuestion(names)))
            : with(names, "", new float[0]));
  }

  /**
   * The same, found elsewhere.
   *
   * @param field of the vector; empty where there is none
   */
  OtherLanguage with(List<OtherName> names, String field, float[] vector) {
    boolean near = !field.isEmpty();
    double lexicalWeight = there.lexicalWeight() > 0 || near ? there.lexicalWeight() : 1;
    return new OtherLanguage(
        settings.otherLanguage(),
        names,
        new Saturation(settings.pivot(), settings.exponent()),
        near
            ? Optional.of(
                new VectorChannel(
                    field, vector, settings.depth(), new CosineScale(settings.floor())))
            : Optional.empty(),
        new Blend(lexicalWeight, near ? there.vectorWeight() : 0, 0));
  }

  /** A name with the documents that write it. */
  OtherName name(String entity, String surface, String name) {
    return new OtherName(entity, surface, name, phrases(name));
  }

  private List<OtherName> names(GraphView graph, String question) {
    List<OtherName> names = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (NameFinder.Found found : graph.names(question)) {
      for (String entity : new TreeSet<>(found.entities())) {
        if (seen.size() < MAX_ENTITIES && seen.add(entity)) {
          graph.members(entity).stream()
              .filter(member -> Language.detect(member) == language)
              .sorted()
              .limit(MAX_NAMES)
              .forEach(member -> names.add(name(entity, found.surface(), member)));
        }
      }
    }
    return names;
  }

  /** The names as a question: the first of each entity. */
  private static String asQuestion(List<OtherName> names) {
    Map<String, String> first = new LinkedHashMap<>();
    names.forEach(name -> first.putIfAbsent(name.entity(), name.name()));
    return String.join(" ", first.values());
  }

  /**
   * The name as a phrase in the fields of its language, where it is cut into words by what stands
   * around it, or in the plain ones, whichever is better.
   */
  private Query phrases(String name) {
    return new DisjunctionMaxQuery(List.of(phrase(name, fields), phrase(name, PLAIN)), 0);
  }

  /** The scores of the fields add up, as those of a question's words. */
  private Query phrase(String name, Map<String, Float> weights) {
    BooleanQuery.Builder phrases = new BooleanQuery.Builder();
    weights.forEach((field, weight) -> {
      Query phrase =
          new QueryBuilder(request.getSchema().getQueryAnalyzer()).createPhraseQuery(field, name);
      if (phrase != null) {
        phrases.add(weight == 1 ? phrase : new BoostQuery(phrase, weight), Occur.SHOULD);
      }
    });
    return phrases.build();
  }
}
