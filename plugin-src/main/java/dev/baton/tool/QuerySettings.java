package dev.baton.tool;

import dev.baton.config.BlendSettings;
import dev.baton.fusion.Blend;
import dev.baton.fusion.Saturation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The settings of a query that are tuned.
 *
 * @param own what words and vectors alone depend on
 * @param graphWeight by language
 * @param decay what a step of the graph keeps
 */
record QuerySettings(Own own, SortedMap<String, Double> graphWeight, double decay) {

  /**
   * What words and vectors alone depend on, and with them where the graph starts.
   *
   * @param lexicalWeight by language; the vector weight is what is missing to 1
   * @param saturation of the lexical scores
   */
  record Own(SortedMap<String, Double> lexicalWeight, Saturation saturation) {

    Blend blend(String language, double graphWeight) {
      double lexical = lexicalWeight.get(language);
      return new Blend(lexical, 1 - lexical, graphWeight);
    }
  }

  /** Those of Baton, but for what the user gives (without prefix), for some languages. */
  static QuerySettings of(Map<String, String> given, List<String> languages) {
    SortedMap<String, Double> lexical = new TreeMap<>();
    SortedMap<String, Double> graph = new TreeMap<>();
    Saturation saturation = null;
    double decay = 0;
    for (String language : languages) {
      BlendSettings settings = BlendSettings.parse(Map.of(), given, language);
      lexical.put(
          language,
          settings.lexicalWeight() / (settings.lexicalWeight() + settings.vectorWeight()));
      graph.put(language, settings.graphWeight());
      saturation = new Saturation(settings.pivot(), settings.exponent());
      decay = settings.decay();
    }
    return new QuerySettings(new Own(lexical, saturation), graph, decay);
  }

  boolean usesGraph() {
    return graphWeight.values().stream().anyMatch(weight -> weight > 0);
  }

  QuerySettings withPivot(double pivot) {
    Saturation saturation = new Saturation(pivot, own.saturation().exponent());
    return new QuerySettings(new Own(own.lexicalWeight(), saturation), graphWeight, decay);
  }

  QuerySettings withLexicalWeight(String language, double weight) {
    Own changed = new Own(with(own.lexicalWeight(), language, weight), own.saturation());
    return new QuerySettings(changed, graphWeight, decay);
  }

  QuerySettings withGraphWeight(String language, double weight) {
    return new QuerySettings(own, with(graphWeight, language, weight), decay);
  }

  /** The same without the graph. */
  QuerySettings withoutGraph() {
    QuerySettings without = this;
    for (String language : graphWeight.keySet()) {
      without = without.withGraphWeight(language, 0);
    }
    return without;
  }

  QuerySettings withDecay(double changed) {
    return new QuerySettings(own, graphWeight, changed);
  }

  private static SortedMap<String, Double> with(
      SortedMap<String, Double> weights, String language, double weight) {
    SortedMap<String, Double> changed = new TreeMap<>(weights);
    changed.put(language, weight);
    return changed;
  }

  /** How good they are for one question, whose pool is of the same {@link #own} and decay. */
  double quality(JudgedPool pool, Measure measure) {
    String language = pool.language();
    return pool.quality(own.blend(language, graphWeight.get(language)), own.saturation(), measure);
  }

  /** As solrconfig.xml takes them, by name. */
  Map<String, String> values() {
    Map<String, String> values = new LinkedHashMap<>();
    own.lexicalWeight()
        .forEach((language, lexical) -> {
          values.put("weight.lexical." + language, number(lexical));
          values.put("weight.vector." + language, number(1 - lexical));
          values.put("weight.graph." + language, number(graphWeight.get(language)));
        });
    values.put("pivot", number(own.saturation().pivot()));
    values.put("exponent", number(own.saturation().exponent()));
    values.put("decay", number(decay));
    return values;
  }

  private static String number(double value) {
    String text = String.format(Locale.ROOT, "%.4f", value);
    return text.replaceAll("0+$", "").replaceAll("\\.$", "");
  }
}
