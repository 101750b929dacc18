package dev.baton.extraction.relations;

import com.google.re2j.Pattern;
import dev.baton.text.Language;
import java.util.BitSet;
import java.util.List;

/**
 * A pattern of the file, compiled.
 *
 * @param source as it stands in the file
 * @param confidence of what it finds, in (0, 1]
 * @param compiled over items; group 1 and 2 are the two ends
 * @param subjectGroup 1 or 2; 0 where the title is the subject
 * @param objectGroup 1 or 2
 * @param needs what a sentence must have, or nothing can match
 */
public record RelationPattern(
    Relation relation,
    Language language,
    String source,
    double confidence,
    Pattern compiled,
    int subjectGroup,
    int objectGroup,
    List<Need> needs) {

  /** Copies. */
  public RelationPattern {
    needs = List.copyOf(needs);
  }

  /** Whether the title is the subject. */
  public boolean isAboutTitle() {
    return subjectGroup == 0;
  }

  /** How it is named where something was found by it. */
  public String name() {
    return relation.name() + " " + language.code() + ": " + source;
  }

  boolean mayMatch(BitSet items) {
    return needs.stream().allMatch(need -> need.isMetBy(items));
  }
}
