package dev.baton.solr;

import dev.baton.config.SettingsReader;
import dev.baton.graph.StatedTriples;
import dev.baton.reasoning.Atom;
import dev.baton.reasoning.ReasoningLimits;
import dev.baton.reasoning.RuleFileException;
import dev.baton.reasoning.RuleParser;
import dev.baton.reasoning.RuleSet;
import dev.baton.text.EntityName;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.solr.core.SolrResourceLoader;

/**
 * By which rules a core reasons, and how far.
 *
 * @param file in the configset; empty for no rules
 * @param text of the file
 */
record CoreRules(String file, String text, RuleSet rules, ReasoningLimits limits) {

  static final CoreRules NONE = new CoreRules("", "", RuleSet.EMPTY, ReasoningLimits.DEFAULT);

  /**
   * Reads {@code rules}, the name of the file, and the limits {@code maxDerived}, {@code maxSteps}
   * (in millions), {@code leastConfidence} and {@code maxProofTriples}.
   *
   * @throws dev.baton.config.SettingsException naming all settings that break their rule, or every
   *     fault of the file with its place
   */
  static CoreRules of(Map<String, ?> settings, SolrResourceLoader resources) {
    ReasoningLimits defaults = ReasoningLimits.DEFAULT;
    SettingsReader reader = new SettingsReader("", settings);
    Optional<String> file = reader.optional("rules");
    ReasoningLimits limits =
        new ReasoningLimits(
            reader.integer("maxDerived", (int) defaults.maxDerived(), 1, Integer.MAX_VALUE),
            1_000_000L
                * reader.integer("maxSteps", (int) (defaults.maxSteps() / 1_000_000), 1, 1_000_000),
            (float) reader.decimal("leastConfidence", defaults.leastConfidence(), 0, 1),
            reader.integer("maxProofTriples", defaults.maxProofTriples(), 1, 10_000_000));
    RuleSet rules = RuleSet.EMPTY;
    String text = "";
    if (file.isPresent()) {
      try (InputStream in = resources.openResource(file.get())) {
        text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        rules = parser(null).parse(file.get(), text);
      } catch (IOException | RuleFileException e) {
        reader.fault("rules", "must name a file of rules: " + e.getMessage(), file.get());
      }
    }
    reader.finish();
    return new CoreRules(file.orElse(""), text, rules, limits);
  }

  private static RuleParser parser(Set<String> relations) {
    return new RuleParser(relations, EntityName::normalize);
  }

  /**
   * Which conditions nothing can meet as far as is known, each with file and line. No fault:
   * triples may be imported after the rules.
   *
   * @param relations that triples may have
   */
  List<String> warnings(Set<String> relations) {
    return parser(relations).unfounded(text).stream()
        .map(problem -> file + ", " + problem)
        .toList();
  }

  /** Whether anything can follow. */
  boolean areNone() {
    return rules.rules().isEmpty();
  }

  /** What of a graph concerns the rules. */
  StatedTriples stated() {
    Set<String> relations = rules.relations();
    return new StatedTriples(
        relation -> !relation.equals(Atom.TYPE) && relations.contains(relation),
        relations.contains(Atom.TYPE) ? Optional.of(Atom.TYPE) : Optional.empty());
  }
}
