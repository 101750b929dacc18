package dev.baton.solr;

import dev.baton.extraction.DocumentExtractor;
import dev.baton.extraction.SourceText;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * What determines the enrichment of a document, as 64 hexadecimal digits: two documents of the same
 * fingerprint have the same enrichment. SHA-256 over length-prefixed parts.
 */
final class Fingerprint {

  private Fingerprint() {}

  /**
   * The fingerprint of a document that the reader of the given identity reads.
   *
   * @param corrections what curators say of its names
   */
  static String of(SourceDocument document, String readerIdentity, MentionCorrections corrections) {
    MessageDigest digest = sha256();
    add(digest, Integer.toString(DocumentExtractor.VERSION));
    add(digest, readerIdentity);
    add(digest, document.kind().name());
    document.language().ifPresent(language -> add(digest, language.code()));
    document
        .curated()
        .forEach((field, values) -> {
          add(digest, field);
          values.forEach(value -> add(digest, value));
        });
    for (SourceText.Part part : document.text().parts()) {
      add(digest, part.field());
      add(digest, part.value());
    }
    corrections.terms().forEach(term -> add(digest, term));
    return HexFormat.of().formatHex(digest.digest());
  }

  /** Eight hexadecimal digits for what determines a reading, to tell models apart in a facet. */
  static String brief(String identity) {
    MessageDigest digest = sha256();
    add(digest, Integer.toString(DocumentExtractor.VERSION));
    add(digest, identity);
    return HexFormat.of().formatHex(digest.digest(), 0, 4);
  }

  /** The fingerprint of any parts, in this order. */
  static String of(List<String> parts) {
    MessageDigest digest = sha256();
    parts.forEach(part -> add(digest, part));
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void add(MessageDigest digest, String part) {
    byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
    for (int shift = 24; shift >= 0; shift -= 8) {
      digest.update((byte) (bytes.length >>> shift));
    }
    digest.update(bytes);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
