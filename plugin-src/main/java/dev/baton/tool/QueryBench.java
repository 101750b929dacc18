package dev.baton.tool;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.solr.client.solrj.SolrServerException;
import org.apache.solr.common.SolrDocument;
import org.apache.solr.common.SolrInputDocument;
import org.apache.solr.common.params.ModifiableSolrParams;
import org.apache.solr.common.util.NamedList;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * How long questions take by words, by vectors, and blended without and with the graph, in one run
 * over many documents. Those are made of the texts of collections ({@link SimilarDocuments}), and
 * bring vectors and names of their own.
 */
@Command(
    name = "query",
    description = "How long questions take: edismax, kNN, the blend without and with graph.")
final class QueryBench implements Callable<Integer> {

  private static final List<Integer> CLIENTS = List.of(1, 4, 16);
  private static final int MAX_QUESTIONS = 100;

  /** The blend's median to that of the slower single channel. */
  private static final Map<QueryKind, Double> BOUNDS =
      Map.of(QueryKind.BLEND, 1.3, QueryKind.BLEND_GRAPH, 1.6);

  @Option(names = "--documents", defaultValue = "100000", description = "Default 100000.")
  private int documents;

  @Option(
      names = "--seconds",
      defaultValue = "10",
      description = "For each kind and number of clients; default 10.")
  private double seconds;

  @Option(
      names = "--sources",
      defaultValue = "500",
      description = "Texts of each collection that are read; default 500.")
  private int sources;

  @Option(
      names = "--collection",
      description = "Whose texts and questions; may be repeated; default the library.")
  private List<Path> folders = new ArrayList<>();

  @Option(names = "--folder", description = "Where the index stays for a next run; default: none.")
  private Path folder;

  @Override
  public Integer call() throws IOException, SolrServerException, InterruptedException {
    if (folders.isEmpty()) {
      folders.add(Build.current().root().resolve("test-collections/library"));
    }
    List<BeirCollection> collections = folders.stream().map(BeirCollection::new).toList();
    try (PrivateSolr solr =
            folder == null
                ? PrivateSolr.start()
                : PrivateSolr.startIn(folder.toAbsolutePath().normalize());
        SolrCollection texts = new SolrCollection(solr.url(), "texts");
        SolrCollection asked = new SolrCollection(solr.url(), "questions");
        SolrCollection target = new SolrCollection(solr.url(), "query")) {
      PreparedConfigset.install(solr.home());
      SimilarDocuments source = new SimilarDocuments(read(collections, texts));
      PreparedDocuments.fill(target, documents, source::document);
      target.commit();
      List<QueryKind.Question> questions = questions(collections, asked);
      QueryLoad load = new QueryLoad(target, questions);
      describe(target, questions.size());
      embeddings(target, load);
      System.out.println("\nNothing else going on:");
      boolean kept = report(load);
      System.out.printf("%nWhile indexing goes on (%s):%n", IndexLoad.description());
      try (IndexLoad indexing = new IndexLoad(target, source, documents)) {
        report(load);
      }
      return kept ? 0 : 1;
    }
  }

  /** The texts as the models read them. */
  private Collection<SolrDocument> read(List<BeirCollection> collections, SolrCollection texts)
      throws IOException, SolrServerException {
    if (texts.createIfMissing()) {
      for (BeirCollection collection : collections) {
        List<SolrInputDocument> first = new ArrayList<>();
        try (JsonLine.Reader lines = JsonLine.read(collection.corpus())) {
          while (lines.hasNext() && first.size() < sources) {
            SolrInputDocument document = SolrDocuments.ofCorpus(lines.next());
            document.setField("id", collection.name() + "-" + document.getFieldValue("id"));
            first.add(document);
          }
        }
        add(texts, "Reading " + collection.name(), first);
      }
    }
    return all(texts);
  }

  /** Questions with their vectors, which the models make as if they were texts. */
  private static List<QueryKind.Question> questions(
      List<BeirCollection> collections, SolrCollection asked)
      throws IOException, SolrServerException {
    if (asked.createIfMissing()) {
      for (BeirCollection collection : collections) {
        List<SolrInputDocument> first = new ArrayList<>();
        for (Map.Entry<String, String> query : collection.queries().entrySet()) {
          if (first.size() < MAX_QUESTIONS) {
            String id = collection.name() + "-" + query.getKey();
            first.add(new SolrInputDocument("id", id, "body", query.getValue()));
          }
        }
        add(asked, "Questions of " + collection.name(), first);
      }
    }
    List<QueryKind.Question> questions = new ArrayList<>();
    for (SolrDocument question : all(asked)) {
      for (String field : question.getFieldNames()) {
        if (field.startsWith("embedding_")) {
          List<Float> vector =
              question.getFieldValues(field).stream().map(v -> ((Number) v).floatValue()).toList();
          questions.add(new QueryKind.Question((String) question.get("body"), field, vector));
        }
      }
    }
    return questions;
  }

  private static void add(SolrCollection target, String what, List<SolrInputDocument> all)
      throws IOException, SolrServerException {
    try (Progress progress = new Progress(what, "documents", all.size())) {
      for (int from = 0; from < all.size(); from += 32) {
        List<SolrInputDocument> batch = all.subList(from, Math.min(from + 32, all.size()));
        target.add(batch);
        progress.add(batch.size());
      }
    }
    target.commit();
  }

  private static Collection<SolrDocument> all(SolrCollection collection)
      throws IOException, SolrServerException {
    ModifiableSolrParams params = new ModifiableSolrParams();
    params.set("q", "*:*").set("rows", 1_000_000).set("fl", "*");
    return collection.select(params);
  }

  private static void describe(SolrCollection target, int questions)
      throws IOException, SolrServerException {
    ModifiableSolrParams params = new ModifiableSolrParams();
    params.set("numTerms", 0).set("show", "index");
    NamedList<Object> index = target.node("/" + target.name() + "/admin/luke", params);
    System.out.printf(
        Locale.ROOT,
        "%,d documents in %s segments, made of texts that were read, with vectors mixed of theirs and"
            + " noise; %d questions, the cache of results off%n",
        target.count("*:*"),
        index.findRecursive("index", "segmentCount"),
        questions);
  }

  /**
   * Asks each question once, whereupon its vector is known to the node, and says what that took.
   */
  private static void embeddings(SolrCollection target, QueryLoad load)
      throws IOException, SolrServerException, InterruptedException {
    double[] before = calls(target);
    load.warmUp();
    double[] after = calls(target);
    System.out.printf(
        Locale.ROOT,
        "query embedding, apart from the times below, where it is known: %.1f ms a question%n",
        (after[1] - before[1]) / Math.max(1, after[0] - before[0]));
  }

  /** How often the models of the node were called, and the milliseconds that it took. */
  private static double[] calls(SolrCollection target) throws IOException, SolrServerException {
    double[] calls = new double[2];
    NamedList<Object> answer =
        target.node("/" + target.name() + "/baton/models", new ModifiableSolrParams());
    for (Object model : (Collection<?>) answer.get("models")) {
      NamedList<?> statistics = (NamedList<?>) model;
      calls[0] += ((Number) statistics.get("calls")).doubleValue();
      calls[1] += ((Number) statistics.findRecursive("callMillis", "total")).doubleValue();
      calls[1] += ((Number) statistics.get("tokenizerMillis")).doubleValue();
    }
    return calls;
  }

  /** Measures and prints; whether the bounds are kept with one client. */
  private boolean report(QueryLoad load) throws IOException, InterruptedException {
    System.out.printf(
        "%-8s %-29s %9s %9s %9s %10s %8s %8s%n",
        "clients", "", "p50 ms", "p95 ms", "p99 ms", "answers/s", "cpu ms", "ratio");
    boolean kept = true;
    for (int clients : CLIENTS) {
      Map<QueryKind, Latencies> measured = load.measure(clients, seconds);
      double slower =
          Math.max(
              measured.get(QueryKind.EDISMAX).percentile(0.5),
              measured.get(QueryKind.KNN).percentile(0.5));
      for (QueryKind kind : QueryKind.values()) {
        Latencies latencies = measured.get(kind);
        double ratio = latencies.percentile(0.5) / slower;
        Double bound = BOUNDS.get(kind);
        System.out.printf(
            Locale.ROOT,
            "%-8d %-29s %9.2f %9.2f %9.2f %10.1f %8.2f %8.2f%s%n",
            clients,
            kind.label(),
            latencies.percentile(0.5),
            latencies.percentile(0.95),
            latencies.percentile(0.99),
            latencies.throughput(),
            latencies.cpuMillis(),
            ratio,
            bound == null ? "" : " bound " + bound + (ratio <= bound ? ": pass" : ": miss"));
        kept &= clients > 1 || bound == null || ratio <= bound;
      }
    }
    return kept;
  }
}
