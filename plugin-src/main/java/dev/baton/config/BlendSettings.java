package dev.baton.config;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How one query blends. Every default of the query side stands here; docs/adr/0004 says how they
 * were measured. The names are those of the parameters: {@code baton.depth} in a request, {@code
 * depth} as a local parameter or in solrconfig.
 *
 * @param channels which take part, at least one
 * @param lexicalWeight of the words in [0, 1]; 0 where the channel is off
 * @param vectorWeight of the vectors in [0, 1]; 0 where the channel is off
 * @param graphWeight how far the graph may lift a document, in [0, 1]; 0 where the channel is off
 * @param depth how many nearest documents are matches by themselves, in [1, 10000]
 * @param lexicalDepth of how many of the best documents by words the vectors count, too, in [1,
 *     100000]; those behind them have the score of their words alone
 * @param pivot the lexical score that counts one half, greater than 0
 * @param exponent how much less weak lexical scores count, in [0.1, 10]; 1 for in proportion
 * @param floor the cosine that counts nothing, in [-1, 0.99]
 * @param firstHits from how many of the best hits the graph goes on, in [0, 1000]
 * @param decay what a step to an entity that a first hit names keeps, in [0, 1]
 * @param named what a document about an entity that the question names gets, in [0, 1]
 * @param meant what a document about an entity gets of the vector score of its curated description,
 *     where the question is near to that, in [0, 1]
 * @param otherLanguage what a document of the other language gets for the names that the question's
 *     entities have there, in [0, 1]
 * @param operators whether the lexical query keeps its operators (+, -, *, AND, field:...);
 *     otherwise the words are plain words and only double quotes have a meaning
 * @param curated whether curated entities and triples may be hits
 * @param profileWeight how much of a score a profile decides at most, in [0, 1]
 * @param profileHalfLifeDays after how many days what was read or followed counts half, in [0.01,
 *     36500]
 * @param vector the query's vector as the user gave it, {@code [0.1, 0.2, ...]}; empty to embed the
 *     text
 * @param fusion what of words and vectors is combined
 * @param rankConstant how little the first ranks stand out with {@link Fusion#RRF}, in [0, 1000000]
 */
public record BlendSettings(
    Set<Channel> channels,
    double lexicalWeight,
    double vectorWeight,
    double graphWeight,
    int depth,
    int lexicalDepth,
    double pivot,
    double exponent,
    double floor,
    int firstHits,
    double decay,
    double named,
    double meant,
    double otherLanguage,
    boolean operators,
    boolean curated,
    double profileWeight,
    double profileHalfLifeDays,
    Optional<float[]> vector,
    Fusion fusion,
    double rankConstant) {

  /** One of the ways by which a document is found. */
  public enum Channel {
    LEXICAL,
    VECTOR,
    GRAPH
  }

  /** What of words and vectors is combined. */
  public enum Fusion {
    /** Their scores, brought into [0, 1] by fixed bounds. */
    CONVEX,
    /** Their ranks: reciprocal rank fusion. */
    RRF
  }

  private static final String CHANNELS = "channels";
  private static final String WEIGHT = "weight.";

  /** The weights of words and vectors by language, as measured; vector is one minus lexical. */
  private static final Map<String, Double> LEXICAL_WEIGHT = Map.of("zh", 0.5, "en", 0.2);

  /** Ranks need no weights by language, as they do not depend on what a model's scores are. */
  private static final double RANK_LEXICAL_WEIGHT = 0.5;

  private static final double GRAPH_WEIGHT = 0.8;

  /** The names of all settings, without any prefix. */
  public static final List<String> NAMES =
      List.of(
          CHANNELS,
          "weight.lexical",
          "weight.vector",
          "weight.graph",
          "weight.lexical.zh",
          "weight.lexical.en",
          "weight.vector.zh",
          "weight.vector.en",
          "weight.graph.zh",
          "weight.graph.en",
          "depth",
          "lexicalDepth",
          "pivot",
          "exponent",
          "floor",
          "firstHits",
          "decay",
          "named",
          "meant",
          "otherLanguage",
          "operators",
          "curated",
          "profile.weight",
          "profile.halfLifeDays",
          "vector",
          "fusion",
          "rankConstant");

  /**
   * Reads the settings of a query.
   *
   * @param configured what solrconfig says, without prefix
   * @param requested what the request says, without prefix; wins over the other
   * @param language {@code zh} or {@code en}: a setting may end in {@code .zh} or {@code .en} and
   *     then counts for queries of that language
   * @throws SettingsException naming every fault
   */
  public static BlendSettings parse(
      Map<String, String> configured, Map<String, String> requested, String language) {
    Map<String, String> values = new LinkedHashMap<>(configured);
    requested.forEach((name, value) -> {
      for (String code : LEXICAL_WEIGHT.keySet()) {
        values.remove(name + "." + code);
      }
      values.put(name, value);
    });
    return parse(new SettingsReader("baton.", values), language);
  }

  private static BlendSettings parse(SettingsReader reader, String language) {
    Set<Channel> channels = channels(reader);
    Fusion fusion = reader.choice("fusion", Fusion.CONVEX);
    double words = fusion == Fusion.RRF ? RANK_LEXICAL_WEIGHT : LEXICAL_WEIGHT.get(language);
    double lexical = weight(reader, Channel.LEXICAL, words, language, channels);
    double vector = weight(reader, Channel.VECTOR, 1 - words, language, channels);
    double graph = weight(reader, Channel.GRAPH, GRAPH_WEIGHT, language, channels);
    if (!channels.isEmpty() && lexical == 0 && vector == 0 && graph == 0) {
      reader.fault(
          "weight", "must be greater than 0 for at least one channel of " + channels, "all zero");
    }
    BlendSettings settings =
        new BlendSettings(
            channels,
            lexical,
            vector,
            graph,
            reader.integer("depth", 100, 1, 10_000),
            reader.integer("lexicalDepth", 100, 1, 100_000),
            reader.decimal("pivot", 15, 0.001, 1_000_000),
            reader.decimal("exponent", 1.5, 0.1, 10),
            reader.decimal("floor", 0.3, -1, 0.99),
            reader.integer("firstHits", 8, 0, 1000),
            reader.decimal("decay", 0.9, 0, 1),
            reader.decimal("named", 0.9, 0, 1),
            reader.decimal("meant", 0.6, 0, 1),
            reader.decimal("otherLanguage", 1, 0, 1),
            reader.flag("operators", false),
            reader.flag("curated", false),
            reader.decimal("profile.weight", 0.2, 0, 1),
            reader.decimal("profile.halfLifeDays", 30, 0.01, 36_500),
            vector(reader),
            fusion,
            reader.decimal("rankConstant", 60, 0, 1_000_000));
    reader.finish();
    return settings;
  }

  private static Set<Channel> channels(SettingsReader reader) {
    Set<Channel> channels = EnumSet.noneOf(Channel.class);
    String rule = "must be a list of lexical, vector and graph";
    for (String name : reader.list(CHANNELS, List.of("lexical", "vector", "graph"))) {
      try {
        channels.add(Channel.valueOf(name.toUpperCase(Locale.ROOT)));
      } catch (IllegalArgumentException e) {
        reader.fault(CHANNELS, rule, name);
      }
    }
    if (channels.isEmpty()) {
      reader.fault(CHANNELS, rule, "no channel");
    }
    return channels;
  }

  private static double weight(
      SettingsReader reader,
      Channel channel,
      double defaultValue,
      String language,
      Set<Channel> channels) {
    String name = WEIGHT + channel.name().toLowerCase(Locale.ROOT);
    double weight = reader.decimal(name, defaultValue, 0, 1);
    for (String code : LEXICAL_WEIGHT.keySet()) {
      double ofLanguage = reader.decimal(name + "." + code, weight, 0, 1);
      if (code.equals(language)) {
        weight = ofLanguage;
      }
    }
    return channels.contains(channel) ? weight : 0;
  }

  private static Optional<float[]> vector(SettingsReader reader) {
    return reader
        .optional("vector")
        .map(text -> {
          String rule = "must be a list of numbers like [0.1, 0.2]";
          List<Float> numbers = new ArrayList<>();
          if (!text.startsWith("[") || !text.endsWith("]")) {
            reader.fault("vector", rule, abbreviated(text));
            return new float[0];
          }
          for (String number : text.substring(1, text.length() - 1).split(",")) {
            try {
              float value = Float.parseFloat(number.strip());
              if (Float.isFinite(value)) {
                numbers.add(value);
                continue;
              }
            } catch (NumberFormatException e) {
              // falls through to the one message that states the rule
            }
            reader.fault("vector", rule, abbreviated(number));
            return new float[0];
          }
          return normalized(numbers, reader);
        });
  }

  private static float[] normalized(List<Float> numbers, SettingsReader reader) {
    double norm = Math.sqrt(numbers.stream().mapToDouble(n -> n * n).sum());
    if (norm == 0) {
      reader.fault("vector", "must not be all zero", numbers.size() + " zeros");
      return new float[0];
    }
    float[] unit = new float[numbers.size()];
    for (int i = 0; i < unit.length; i++) {
      unit[i] = (float) (numbers.get(i) / norm);
    }
    return unit;
  }

  private static String abbreviated(String text) {
    return text.length() <= 60 ? text : text.substring(0, 60) + "...";
  }
}
