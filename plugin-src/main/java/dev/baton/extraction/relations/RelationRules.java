package dev.baton.extraction.relations;

import dev.baton.text.Language;
import dev.baton.text.Span;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Relations and the patterns that find them, as a file of the configset has them. Immutable and
 * thread-safe; read with {@link #parse}.
 */
public final class RelationRules {

  private final Map<String, Relation> relations;
  private final Map<Language, LanguagePatterns> patterns;
  private final String digest;

  RelationRules(
      Map<String, Relation> relations, Map<Language, LanguagePatterns> patterns, String content) {
    this.relations = new LinkedHashMap<>(relations);
    this.patterns = new EnumMap<>(patterns);
    this.digest = sha256(content);
  }

  /**
   * Reads a file.
   *
   * @param file its name, for messages
   * @throws RelationFileException with every fault in it
   */
  public static RelationRules parse(String file, String content) {
    return new RelationFile(file).parse(content);
  }

  /** All relations, in the order of the file. */
  public Collection<Relation> relations() {
    return List.copyOf(relations.values());
  }

  /** A relation by its name. */
  public Optional<Relation> relation(String name) {
    return Optional.ofNullable(relations.get(name));
  }

  /** How many patterns a language has. */
  public int patterns(Language language) {
    return patterns.get(language).patterns().size();
  }

  /** 64 hexadecimal digits of what counts in the file: without comments and blank lines. */
  public String digest() {
    return digest;
  }

  /**
   * What the patterns of a language find in one sentence, in the order of the file. Linear in the
   * sentence for each pattern that has its words in it; sentences beyond 400 words are cut.
   *
   * @param sentence of the text
   * @param mentions of the text, in order, none overlapping another
   * @param title what the document's title was typed as, {@link MentionKind#TITLE} where it was
   *     not; empty where the document has none
   */
  public List<RelationMatch> match(
      String text,
      Span sentence,
      List<RelationMention> mentions,
      Language language,
      Optional<MentionKind> title) {
    return patterns
        .get(language)
        .match(text, sentence, mentions, relation -> title.filter(relation::fitsTitle).isPresent());
  }

  private static String sha256(String content) {
    try {
      byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
