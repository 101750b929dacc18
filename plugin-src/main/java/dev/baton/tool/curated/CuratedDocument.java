package dev.baton.tool.curated;

import dev.baton.text.EntityName;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A document that curates knowledge: an entity, a triple, a correction, what is the same or not.
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

  /**
   * That two names are the same, or different; in any order the same document.
   *
   * @param kind same_as or different_from
   */
  static CuratedDocument pair(Place place, String kind, String one, String other) {
    if (EntityName.normalize(one).equals(EntityName.normalize(other))) {
      throw new BrokenException(
          place, kind + " needs two names, got one: '%s' and '%s'".formatted(one, other));
    }
    boolean inOrder = one.compareTo(other) < 0;
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("id", tripleId(kind, inOrder ? one : other, "", inOrder ? other : one));
    fields.put("kind", kind);
    fields.put("subject", one);
    fields.put("object", other);
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

  /** As the field {@code kind} has it. */
  public String kind() {
    return (String) fields.get("kind");
  }
}
