package dev.baton.solr;

import dev.baton.config.SettingsReader;
import dev.baton.text.EntityName;
import dev.baton.text.Language;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.solr.common.params.CommonParams;
import org.apache.solr.common.params.SolrParams;

/**
 * What is asked of {@link GraphRequestHandler}.
 *
 * @param question what kind of answer
 * @param name the name or prefix asked for, normalised; empty for statistics
 * @param asked the name, or the text whose meaning is asked for, as the user wrote it
 * @param direction which end of relations an entity is
 * @param relation only this relation, that of the triple to be proven, or those of paths with
 *     commas between them; null for all
 * @param object the other end of the triple to be proven or of the paths, normalised; null for
 *     another question
 * @param derived whether relations that rules derive are shown
 * @param proofs at most so many of a triple
 * @param relationRows relations shown of an entity
 * @param relationStart how many are passed over before these
 * @param witnesses document ids shown of a relation
 * @param rows hits of a query whose entities are shown
 * @param hops how far the neighbours go, or how long paths are
 * @param limit relations of each entity, names for a prefix, or paths
 * @param top entities in the statistics, or found by meaning
 * @param language of a text whose meaning is asked for; empty to detect it
 * @param format of a subgraph
 * @param export how the whole graph is written; empty for another question
 */
record GraphRequest(
    Question question,
    String name,
    String asked,
    Direction direction,
    String relation,
    String object,
    boolean derived,
    int proofs,
    int relationRows,
    int relationStart,
    int witnesses,
    int rows,
    int hops,
    int limit,
    int top,
    Optional<Language> language,
    Format format,
    Optional<GraphExport.Format> export) {

  /** The kinds of answers, each asked for by the parameter of its name. */
  enum Question {
    ENTITY,
    NEIGHBOURS,
    PREFIX,
    MEANING,
    SUBGRAPH,
    RESULTS,
    PROOF,
    PATHS,
    EXPORT,
    STATS
  }

  /** Which end of relations an entity is; co-occurrences, which have none, are in {@link #BOTH}. */
  enum Direction {
    BOTH,
    IN,
    OUT
  }

  /** How a subgraph is written. */
  enum Format {
    JSON,
    GRAPHML,
    GRAPHSON
  }

  /** Document ids in one entity of an answer: each is a look into the stored fields. */
  private static final int MAX_WITNESSES = 10_000;

  /** Parameters that Solr itself reads, whatever the handler. */
  private static final Set<String> OF_SOLR =
      Set.of(
          CommonParams.WT,
          "indent",
          CommonParams.FQ,
          "qt",
          "echoParams",
          "echoHandler",
          CommonParams.OMIT_HEADER,
          CommonParams.VERSION,
          "NOW",
          "TZ",
          "rid",
          "distrib",
          "isShard",
          "requestPurpose",
          "cache",
          "useParams",
          "logParamsList",
          "collection",
          "canCancel",
          "tr",
          "xsl");

  private static final List<String> PREFIXES_OF_SOLR =
      List.of("_", "json.", "debug", "shard", "stream.", "csv.", "timeAllowed", "cpuAllowed", "{!");

  /**
   * Reads a request.
   *
   * @throws dev.baton.config.SettingsException naming every parameter that breaks its rule or is
   *     not known
   */
  static GraphRequest parse(SolrParams params) {
    Map<String, String> ours = new LinkedHashMap<>();
    for (Iterator<String> names = params.getParameterNamesIterator(); names.hasNext(); ) {
      String name = names.next();
      if (!isOfSolr(name, params)) {
        ours.put(name, params.get(name));
      }
    }
    SettingsReader reader = new SettingsReader("", ours);
    List<Question> questions = new ArrayList<>();
    String asked = "";
    for (Question question : Question.values()) {
      if (question != Question.STATS) {
        String parameter = question.name().toLowerCase(Locale.ROOT);
        Optional<String> value = reader.optional(parameter);
        if (ours.containsKey(parameter)) {
          questions.add(question);
          asked = value.orElse("");
          if (question == Question.RESULTS) {
            if (asked.isBlank()) {
              reader.fault(parameter, "must be a query", ours.get(parameter));
            }
          } else if (EntityName.normalize(asked).isEmpty()) {
            reader.fault(parameter, "must be a name", ours.get(parameter));
          }
        }
      }
    }
    if (reader.flag("stats", questions.isEmpty())) {
      questions.add(Question.STATS);
    }
    if (questions.size() != 1) {
      reader.fault(
          "the question",
          "must be one of entity, neighbours, prefix, meaning, subgraph, results, proof, paths, export,"
              + " stats",
          questions);
      questions.add(Question.STATS);
    }
    boolean isProof = questions.get(0) == Question.PROOF;
    Optional<String> relation = reader.optional(isProof ? "relation" : "relations.relation");
    boolean arePaths = questions.get(0) == Question.PATHS;
    Optional<String> object =
        isProof || arePaths ? reader.optional(isProof ? "object" : "to") : Optional.empty();
    if (isProof && (relation.isEmpty() || object.isEmpty())) {
      reader.fault("proof", "must be the subject of a triple, beside relation and object", asked);
    }
    if (arePaths && object.isEmpty()) {
      reader.fault("paths", "must be where the paths begin, beside to, where they end", asked);
    }
    boolean areResults = questions.get(0) == Question.RESULTS;
    int leastHops = areResults ? 0 : 1;
    GraphRequest request =
        new GraphRequest(
            questions.get(0),
            EntityName.normalize(asked),
            asked,
            reader.choice("relations.direction", Direction.BOTH),
            relation.orElse(null),
            object.map(EntityName::normalize).orElse(null),
            // what follows is no statement that another program should take for one
            reader.flag("derived", questions.get(0) != Question.EXPORT),
            reader.integer("proofs", 3, 1, 20),
            reader.integer("relations.rows", 20, 0, 1000),
            reader.integer("relations.start", 0, 0, Integer.MAX_VALUE),
            reader.integer("witnesses", 3, 0, 100),
            reader.integer("rows", 10, 0, 1000),
            reader.integer("hops", arePaths ? 4 : leastHops, leastHops, arePaths ? 6 : 3),
            reader.integer("limit", arePaths ? 5 : 64, 1, 1000),
            reader.integer("top", 10, 0, 1000),
            language(reader),
            reader.choice("format", areResults ? Format.JSON : Format.GRAPHML),
            questions.get(0) == Question.EXPORT
                ? Optional.of(reader.choice("export", GraphExport.Format.GRAPHML))
                : Optional.empty());
    if (request.relationRows() * request.witnesses() > MAX_WITNESSES) {
      reader.fault(
          "witnesses",
          "times relations.rows must be at most " + MAX_WITNESSES,
          request.witnesses() + " times " + request.relationRows());
    }
    reader.finish();
    return request;
  }

  private static Optional<Language> language(SettingsReader reader) {
    Optional<String> code = reader.optional("lang");
    try {
      return code.map(Language::of);
    } catch (IllegalArgumentException e) {
      reader.fault("lang", "must be zh or en", code.orElse(""));
      return Optional.empty();
    }
  }

  private static boolean isOfSolr(String name, SolrParams params) {
    if (OF_SOLR.contains(name) || PREFIXES_OF_SOLR.stream().anyMatch(name::startsWith)) {
      return true;
    }
    // a query may take its value from any parameter: fq={!term f=kind v=$kind}
    String asked = params.get(Question.RESULTS.name().toLowerCase(Locale.ROOT), "");
    String[] filters = params.getParams(CommonParams.FQ);
    return asked.contains("$" + name)
        || (filters != null && List.of(filters).stream().anyMatch(fq -> fq.contains("$" + name)));
  }
}
