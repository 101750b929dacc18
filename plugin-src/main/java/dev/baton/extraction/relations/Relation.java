package dev.baton.extraction.relations;

import dev.baton.text.Language;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * A relation that patterns find.
 *
 * @param name edge type in the graph, such as {@code author}
 * @param labels for people, in each language
 * @param subjects kinds that its subject may have; never empty
 * @param objects kinds that its object may have; never empty
 * @param symmetric whether it holds in both directions, as {@code spouse} does
 */
public record Relation(
    String name,
    Map<Language, String> labels,
    Set<MentionKind> subjects,
    Set<MentionKind> objects,
    boolean symmetric) {

  /** Copies; refuses a relation without kinds. */
  public Relation {
    labels = Map.copyOf(labels);
    subjects = Set.copyOf(subjects);
    objects = Set.copyOf(objects);
    if (subjects.isEmpty() || objects.isEmpty()) {
      throw new IllegalArgumentException("relation " + name + " needs kinds at both ends");
    }
  }

  /**
   * Whether a document's title may be the subject without being named in the sentence. A title that
   * no model typed passes for a work or an organisation, which the models often do not know, but
   * not for a person or a place.
   *
   * @param title what it was typed as, {@link MentionKind#TITLE} where it was not
   */
  boolean fitsTitle(MentionKind title) {
    return title == MentionKind.TITLE
        ? subjects.contains(MentionKind.WORK) || subjects.contains(MentionKind.ORG)
        : subjects.contains(title);
  }

  /** The kinds with the title's where a name fits. */
  static Set<MentionKind> withTitle(Set<MentionKind> kinds) {
    EnumSet<MentionKind> all = EnumSet.copyOf(kinds);
    if (kinds.stream().anyMatch(MentionKind::isNamed)) {
      all.add(MentionKind.TITLE);
    }
    return all;
  }
}
