package dev.baton.tool;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.solr.common.SolrDocument;
import org.apache.solr.common.SolrInputDocument;

/**
 * Makes any number of documents of some that were read: the first are those themselves, each later
 * one has the text of one with a sentence of another, a title crossed of both, which stands in the
 * text for the old one, a name crossed likewise, and the vectors of both mixed with noise. No model
 * reads them. The document of a number is always the same. Thread-safe.
 */
final class SimilarDocuments {

  /** How much of the vector is that of the one whose sentence was taken, and how much is noise. */
  private static final double SHARE = 0.2;

  private static final double NOISE = 0.4;

  private static final Pattern SENTENCE_END = Pattern.compile("(?<=[.!?])\\s+|(?<=[。！？])");

  /** What the reading wrote that depends on nothing that is changed here. */
  private static final List<String> KEPT =
      List.of("kind", "lang", "enrichment_state", "enrichment_model", "enrichment_fingerprint");

  private static final String SEPARATOR = "\t";

  private final List<SolrDocument> english = new ArrayList<>();
  private final List<SolrDocument> chinese = new ArrayList<>();
  private final List<SolrDocument> all;

  /**
   * @param read documents as Solr returns them, with all fields; those without a vector are left
   *     out
   */
  SimilarDocuments(Collection<SolrDocument> read) {
    all = read.stream().filter(document -> vectorField(document) != null).toList();
    all.forEach(document -> ofLanguage(document).add(document));
    if (all.isEmpty()) {
      throw new CollectionFormatException("none of the documents has a vector");
    }
  }

  private List<SolrDocument> ofLanguage(SolrDocument document) {
    return "zh".equals(document.get("lang")) ? chinese : english;
  }

  private static String vectorField(SolrDocument document) {
    return document.getFieldNames().stream()
        .filter(name -> name.startsWith("embedding_"))
        .findFirst()
        .orElse(null);
  }

  /** The document of a number from 0. */
  SolrInputDocument document(int number) {
    SolrDocument first = all.get(number % all.size());
    Random random = new Random(number);
    List<SolrDocument> others = ofLanguage(first);
    SolrDocument second = number < all.size() ? first : others.get(random.nextInt(others.size()));
    SolrInputDocument made = new SolrInputDocument("id", "d" + number);
    KEPT.forEach(name -> made.setField(name, first.get(name)));
    String title = text(first, "title");
    String newTitle = crossed(title, text(second, "title"));
    List<String> names = names(first);
    String name = names.isEmpty() ? "" : names.get(random.nextInt(names.size()));
    List<String> otherNames = names(second);
    String newName =
        otherNames.isEmpty()
            ? name
            : crossed(name, otherNames.get(random.nextInt(otherNames.size())));
    made.setField("title", newTitle);
    made.setField(
        "body", replaced(replaced(body(first, second, random), title, newTitle), name, newName));
    for (String field : List.of("about", "entities", "names", "cooccurrences")) {
      made.setField(
          field,
          values(first, field).stream()
              .map(term -> term(term, title, newTitle))
              .map(term -> term(term, name, newName))
              .collect(Collectors.toCollection(TreeSet::new)));
    }
    double noise = number < all.size() ? 0 : NOISE;
    made.setField(vectorField(first), vector(first, second, noise, random));
    return made;
  }

  private static String body(SolrDocument first, SolrDocument second, Random random) {
    List<String> sentences = new ArrayList<>(List.of(SENTENCE_END.split(text(first, "body"))));
    if (first != second) {
      String[] others = SENTENCE_END.split(text(second, "body"));
      sentences.set(random.nextInt(sentences.size()), others[random.nextInt(others.length)]);
    }
    return String.join("zh".equals(first.get("lang")) ? "" : " ", sentences);
  }

  /** The first half of one name and the second of another; of equals the same. */
  private static String crossed(String a, String b) {
    if (a.isEmpty() || b.isEmpty()) {
      return a;
    }
    String blank = a.contains(" ") || b.contains(" ") ? " " : "";
    List<String> head = List.of(a.split(blank));
    List<String> tail = List.of(b.split(blank));
    return String.join(blank, head.subList(0, (head.size() + 1) / 2))
        + blank
        + String.join(blank, tail.subList((tail.size() + 1) / 2, tail.size()));
  }

  private static String replaced(String text, String old, String replacement) {
    return old.isEmpty() ? text : text.replace(old, replacement);
  }

  /** A term of the graph with another name or id in the place of one. */
  private static String term(String term, String old, String replacement) {
    List<String> parts = new ArrayList<>();
    for (String part : term.split(SEPARATOR, -1)) {
      if (part.equals(old)) {
        parts.add(replacement.strip());
      } else if (part.equals(old.toLowerCase(Locale.ROOT))) {
        parts.add(replacement.strip().toLowerCase(Locale.ROOT));
      } else {
        parts.add(part);
      }
    }
    return String.join(SEPARATOR, parts);
  }

  /** The names in the text of a document as they are written, that of its title not among them. */
  private static List<String> names(SolrDocument document) {
    return values(document, "names").stream()
        .map(term -> term.split(SEPARATOR, -1))
        .filter(parts -> parts.length == 3 && !parts[1].equals("TITLE"))
        .map(parts -> parts[2])
        .toList();
  }

  private static List<Float> vector(
      SolrDocument first, SolrDocument second, double noise, Random random) {
    String field = vectorField(first);
    List<Object> a = List.copyOf(first.getFieldValues(field));
    List<Object> b =
        second.getFieldValues(field) == null ? a : List.copyOf(second.getFieldValues(field));
    double[] mixed = new double[a.size()];
    double spread = noise / Math.sqrt(mixed.length);
    double norm = 0;
    for (int i = 0; i < mixed.length; i++) {
      mixed[i] =
          (1 - SHARE) * ((Number) a.get(i)).doubleValue()
              + SHARE * ((Number) b.get(i)).doubleValue()
              + spread * random.nextGaussian();
      norm += mixed[i] * mixed[i];
    }
    List<Float> unit = new ArrayList<>(mixed.length);
    for (double value : mixed) {
      unit.add((float) (value / Math.sqrt(norm)));
    }
    return unit;
  }

  private static List<String> values(SolrDocument document, String field) {
    Collection<Object> values = document.getFieldValues(field);
    return values == null ? List.of() : values.stream().map(String::valueOf).toList();
  }

  private static String text(SolrDocument document, String field) {
    return document.get(field) instanceof String text ? text : "";
  }
}
