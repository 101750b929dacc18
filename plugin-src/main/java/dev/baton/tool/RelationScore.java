package dev.baton.tool;

import dev.baton.extraction.FoundTriple;
import dev.baton.extraction.relations.RelationRules;
import dev.baton.text.EntityName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Compares triples with annotated ones: right where the relation is the same and both ends are
 * written the same, names in their normalised form without what qualifies a title, dates and
 * quantities where one contains the other.
 */
final class RelationScore {

  private final RelationRules rules;
  private final SpanScore score = new SpanScore();
  private final List<String> wrong = new ArrayList<>();
  private final List<String> missed = new ArrayList<>();
  private int number;

  RelationScore(RelationRules rules) {
    this.rules = rules;
  }

  /** Adds a sentence. */
  void add(RelationExample example, List<FoundTriple> found) {
    Set<SpanScore.Item> truths = new HashSet<>();
    Set<SpanScore.Item> founds = new HashSet<>();
    List<RelationExample.Truth> left = new ArrayList<>(example.truths());
    for (FoundTriple triple : found) {
      number++;
      SpanScore.Item item = new SpanScore.Item(triple.relation(), number, number);
      founds.add(item);
      RelationExample.Truth truth =
          left.stream().filter(one -> isRight(one, triple)).findFirst().orElse(null);
      if (truth == null) {
        wrong.add(example.place() + ": " + Extract.line(triple));
      } else {
        left.remove(truth);
        truths.add(item);
      }
    }
    for (RelationExample.Truth truth : left) {
      number++;
      truths.add(new SpanScore.Item(truth.relation(), number, number));
      missed.add(
          example.place()
              + ": "
              + truth.subject()
              + " | "
              + truth.relation()
              + " | "
              + truth.object());
    }
    score.add(truths, founds);
  }

  /** Of each relation and of all. */
  SpanScore score() {
    return score;
  }

  /** What was found and is not so. */
  List<String> wrong() {
    return wrong;
  }

  /** What is so and was not found. */
  List<String> missed() {
    return missed;
  }

  private boolean isRight(RelationExample.Truth truth, FoundTriple triple) {
    if (!truth.relation().equals(triple.relation())) {
      return false;
    }
    String subject = name(triple.subject().surface());
    String object = name(triple.object().surface());
    boolean symmetric = rules.relation(truth.relation()).orElseThrow().symmetric();
    return ends(truth, subject, object, triple.value().isPresent())
        || symmetric && ends(truth, object, subject, false);
  }

  private static boolean ends(
      RelationExample.Truth truth, String subject, String object, boolean isValue) {
    String wanted = name(truth.object());
    return name(truth.subject()).equals(subject)
        && (wanted.equals(object)
            || isValue && (wanted.contains(object) || object.contains(wanted)));
  }

  private static String name(String surface) {
    return EntityName.normalize(surface).replaceFirst("\\s*\\([^()]*\\)$", "");
  }
}
