package dev.baton.tool;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.apache.solr.client.solrj.SolrServerException;
import org.apache.solr.common.SolrDocument;
import org.apache.solr.common.SolrDocumentList;
import org.apache.solr.common.SolrInputDocument;
import org.apache.solr.common.params.ModifiableSolrParams;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Indexes the texts of a collection as one long document, the rest of the collection beside it, and
 * asks for each passage by the sentence in its middle.
 */
@Command(
    name = "long-document",
    description = "A document of hundreds of pages: time, heap, and whether each passage is found.")
final class LongDocumentBench implements Callable<Integer> {

  private static final String ID = "long";

  /** With the characters of a page: some 800 tokens. */
  private enum PageLanguage {
    EN(3_000),
    ZH(800);

    private final int pageChars;

    PageLanguage(int pageChars) {
      this.pageChars = pageChars;
    }

    static PageLanguage named(String name) {
      return Arrays.stream(values())
          .filter(language -> language.name().equalsIgnoreCase(name))
          .findFirst()
          .orElseThrow(
              () -> new CollectionFormatException("--language must be zh or en, got: " + name));
    }

    static PageLanguage of(String text) {
      return text.codePoints().anyMatch(Character::isIdeographic) ? ZH : EN;
    }
  }

  private static final Pattern SENTENCE_END = Pattern.compile("(?<=[.!?])\\s+|(?<=[。！？])|\n");

  /** A question is not longer. */
  private static final int MAX_SENTENCE = 300;

  private static final int ROWS = 10;

  @Option(names = "--pages", defaultValue = "300", description = "At most; default 300.")
  private int pages;

  @Option(names = "--language", defaultValue = "en", description = "zh or en; default en.")
  private String language;

  @Option(names = "--collection", description = "Whose texts; default the library.")
  private Path folder;

  private PageLanguage pageLanguage;

  @Override
  public Integer call() throws IOException, SolrServerException, InterruptedException {
    BeirCollection collection =
        new BeirCollection(
            folder == null ? Build.current().root().resolve("test-collections/library") : folder);
    pageLanguage = PageLanguage.named(language);
    List<SolrInputDocument> others = new ArrayList<>();
    String text = text(collection, others);
    try (PrivateSolr solr = PrivateSolr.start();
        SolrCollection target = new SolrCollection(solr.url(), "long_document");
        HeapWatch heap = new HeapWatch(target)) {
      target.createIfMissing();
      target.add(others);
      target.commit();
      double before = heap.restart();
      long start = System.nanoTime();
      target.add(List.of(new SolrInputDocument("id", ID, "title", "Everything", "body", text)));
      double seconds = (System.nanoTime() - start) / 1e9;
      double peak = heap.peak();
      target.commit();
      System.out.printf(
          Locale.ROOT,
          "%,d characters, about %d pages, beside %d documents%n"
              + "read and indexed in %.1f s; heap %.0f MB before, at most %.0f MB meanwhile%n",
          text.length(),
          text.length() / pageLanguage.pageChars,
          others.size(),
          seconds,
          before,
          peak);
      return ask(target) ? 0 : 1;
    }
  }

  private String text(BeirCollection collection, List<SolrInputDocument> others)
      throws IOException {
    int length = pages * pageLanguage.pageChars;
    StringBuilder text = new StringBuilder();
    try (JsonLine.Reader lines = JsonLine.read(collection.corpus())) {
      for (JsonLine line : lines) {
        SolrInputDocument document = SolrDocuments.ofCorpus(line);
        String body = (String) document.getFieldValue("body");
        if (text.length() < length && PageLanguage.of(body) == pageLanguage) {
          Object title = Objects.requireNonNullElse(document.getFieldValue("title"), "");
          text.append(title).append('\n').append(body).append("\n\n");
        } else {
          others.add(document);
        }
      }
    }
    return text.substring(0, Math.min(length, text.length()));
  }

  /**
   * Whether the document comes exactly once for each of its passages. Also counts which passage
   * words and vector together name for it, as [baton] does, and which is the nearest by vector.
   */
  private boolean ask(SolrCollection target) throws IOException, SolrServerException {
    String body = (String) documents(target, "/select", "id:" + ID, "body").get(0).get("body");
    SolrDocumentList passages =
        documents(target, "/baton/passages", "*:*", "id,passage_field,passage_start,passage_end");
    int once = 0;
    int first = 0;
    int right = 0;
    int nearest = 0;
    int asked = 0;
    long nanos = 0;
    for (SolrDocument passage : passages) {
      String sentence = "body".equals(passage.get("passage_field")) ? middle(body, passage) : "";
      if (sentence.isBlank()) {
        continue;
      }
      asked++;
      ModifiableSolrParams params = new ModifiableSolrParams();
      params.set("q", sentence).set("rows", ROWS).set("fl", "id,[baton]");
      long start = System.nanoTime();
      SolrDocumentList hits = target.search(params).getResults();
      nanos += System.nanoTime() - start;
      List<SolrDocument> found = hits.stream().filter(hit -> ID.equals(hit.get("id"))).toList();
      once += found.size() == 1 ? 1 : 0;
      first += !hits.isEmpty() && ID.equals(hits.get(0).get("id")) ? 1 : 0;
      right += found.size() == 1 && passage.get("id").equals(named(found.get(0))) ? 1 : 0;
      params.set("fq", "id:" + ID).set("baton.channels", "vector");
      SolrDocumentList byVector = target.search(params).getResults();
      nearest += !byVector.isEmpty() && passage.get("id").equals(named(byVector.get(0))) ? 1 : 0;
    }
    double millis = nanos / 1e6 / Math.max(1, asked);
    System.out.printf(
        Locale.ROOT,
        "%d passages; asked by a sentence of each of %d, the document is among the first %d exactly"
            + " once for %d, first for %d, with that very passage named for %d (nearest by vector"
            + " alone for %d); %.1f ms a question%n",
        passages.size(),
        asked,
        ROWS,
        once,
        first,
        right,
        nearest,
        millis);
    return asked > 0 && once == asked;
  }

  private static Object named(SolrDocument hit) {
    return hit.get("[baton]") instanceof Map<?, ?> shares
            && shares.get("passage") instanceof Map<?, ?> passage
        ? passage.get("id")
        : null;
  }

  /** The sentence around the middle of a passage, which no other passage has. */
  private static String middle(String body, SolrDocument passage) {
    int start = ((Number) passage.get("passage_start")).intValue();
    String text = body.substring(start, ((Number) passage.get("passage_end")).intValue());
    int end = 0;
    for (String sentence : SENTENCE_END.split(text)) {
      end = text.indexOf(sentence, end) + sentence.length();
      if (end > text.length() / 2) {
        return sentence.strip().substring(0, Math.min(sentence.strip().length(), MAX_SENTENCE));
      }
    }
    return "";
  }

  private static SolrDocumentList documents(
      SolrCollection target, String handler, String query, String fields)
      throws IOException, SolrServerException {
    ModifiableSolrParams params = new ModifiableSolrParams();
    params.set("q", query).set("fl", fields).set("rows", 100_000);
    return (SolrDocumentList) target.node("/" + target.name() + handler, params).get("response");
  }
}
