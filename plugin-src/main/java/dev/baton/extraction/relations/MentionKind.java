package dev.baton.extraction.relations;

import java.util.Locale;
import java.util.Set;

/** What a mention is to a pattern; each stands for itself as one item of a sentence. */
public enum MentionKind {
  PER("PERSON"),
  ORG("ORGANISATION", "ORGANIZATION", "COMPANY"),
  LOC("LOCATION", "GPE", "PLACE"),
  WORK(),
  /** Named, but none of the above. */
  OTHER(),
  /** Names what the document is about: fits wherever a name does. */
  TITLE(),
  DATE(),
  NUMBER();

  /** First of the items that stand for mentions. */
  private static final char FIRST = '\uE001';

  private final Set<String> otherNames;

  MentionKind(String... otherNames) {
    this.otherNames = Set.of(otherNames);
  }

  /** The kind of a mention's type, in any case. */
  public static MentionKind of(String type) {
    String name = type.toUpperCase(Locale.ROOT);
    for (MentionKind kind : values()) {
      if (kind != TITLE && (kind.name().equals(name) || kind.otherNames.contains(name))) {
        return kind;
      }
    }
    return OTHER;
  }

  /** Whether such a mention names something, unlike a date or a quantity. */
  public boolean isNamed() {
    return this != DATE && this != NUMBER;
  }

  /** The item that stands for such a mention. */
  char item() {
    return (char) (FIRST + ordinal());
  }
}
