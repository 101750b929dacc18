package dev.baton.tool.curated;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A document that curates an entity or a triple.
 *
 * @param place where it was read
 * @param fields as Solr takes them, {@code id} and {@code kind} among them: texts, numbers, lists
 */
public record CuratedDocument(Place place, Map<String, Object> fields) {

  private static final int DIGEST_BYTES = 16;

  /** Copies the fields, in their order. */
  public CuratedDocument {
    fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    if (!(fields.get("id") instanceof String) || !(fields.get("kind") instanceof String)) {
      throw new IllegalArgumentException("id and kind wanted, got: " + fields);
    }
  }

  /** A triple, its id made of what it says: the same triple is the same document, from any file. */
  static CuratedDocument triple(Place place, String subject, String relation, String object) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("id", tripleId("triple", subject, relation, object));
    fields.put("kind", "triple");
    fields.put("subject", subject);
    fields.put("relation", relation);
    fields.put("object", object);
    return new CuratedDocument(place, fields);
  }

  static String tripleId(String kind, String subject, String relation, String object) {
    return kind + ":" + digest(subject, relation, object);
  }

  /** 128 bits of the SHA-256 of some texts, in hexadecimal digits. */
  private static String digest(String... texts) {
    try {
      byte[] all = String.join("\t", texts).getBytes(StandardCharsets.UTF_8);
      byte[] sha = MessageDigest.getInstance("SHA-256").digest(all);
      return HexFormat.of().formatHex(Arrays.copyOf(sha, DIGEST_BYTES));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The uniqueKey. */
  public String id() {
    return (String) fields.get("id");
  }

  /** {@code entity} or {@code triple}. */
  public String kind() {
    return (String) fields.get("kind");
  }
}
