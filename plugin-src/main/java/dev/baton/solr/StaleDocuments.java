package dev.baton.solr;

import dev.baton.text.Language;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.lucene.search.Query;
import org.apache.solr.common.SolrInputDocument;
import org.apache.solr.search.SolrIndexSearcher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Documents that another model or head read than the one of today, or that curators have corrected
 * since, and after them those with a vector that no reader uses any more. Says in the log when
 * there are some, how it goes, and when there are none. Used by one thread, but for {@link
 * #progress}.
 */
final class StaleDocuments implements BackgroundSource {

  private static final Logger log = LoggerFactory.getLogger(MethodHandles.lookup().lookupClass());

  /** A batch is for about so long; its ids are looked up before its first document is read. */
  private static final int BATCH_SECONDS = 15;

  private static final int MAX_BATCH = 10_000;
  private static final long REPORT_SECONDS = 60;

  private final String core;
  private final Pace pace;
  private final Map<Language, LanguageReaders> readers;
  private final Backlog backlog;
  private final EnrichmentMetrics metrics;

  private volatile Run run;
  private boolean looked;

  /**
   * What is worked off.
   *
   * @param reading whether stale documents are read, else leftover vectors are removed
   */
  private record Run(boolean reading, long startNanos, long reportedNanos, int done, int left) {

    Run report(long nanos) {
      return new Run(reading, startNanos, nanos, done, left);
    }

    Run plus(int more) {
      return new Run(reading, startNanos, reportedNanos, done + more, left);
    }

    Run left(int now) {
      return new Run(reading, startNanos, reportedNanos, done, now);
    }

    double seconds() {
      return (System.nanoTime() - startNanos) / (double) TimeUnit.SECONDS.toNanos(1);
    }

    double perSecond() {
      return done / Math.max(seconds(), 1e-3);
    }
  }

  /**
   * How it goes.
   *
   * @param reading whether stale documents are read, else leftover vectors are removed
   * @param done documents since the core was loaded, or since there were some
   * @param perSecond the mean over that time
   */
  record Progress(boolean reading, int done, double perSecond) {}

  /**
   * @param core its name, for messages
   */
  StaleDocuments(
      String core,
      EnrichmentSettings settings,
      Map<Language, LanguageReaders> readers,
      Backlog backlog,
      EnrichmentMetrics metrics) {
    this.core = core;
    double perSecond = settings.rereadDocumentsPerSecond();
    int batch = (int) Math.min(MAX_BATCH, Math.ceil(perSecond * BATCH_SECONDS));
    this.pace = new Pace(settings.rereadLookSeconds(), batch, perSecond);
    this.readers = readers;
    this.backlog = backlog;
    this.metrics = metrics;
  }

  /** How it goes; null where there is nothing to do, or another replica does it. */
  Progress progress() {
    Run now = run;
    return now == null ? null : new Progress(now.reading(), now.done(), now.perSecond());
  }

  @Override
  public String name() {
    return "stale";
  }

  @Override
  public Pace pace() {
    return pace;
  }

  @Override
  public Query look(SolrIndexSearcher searcher) throws IOException {
    Map<Language, Backlog.Count> counts = backlog.count(searcher);
    int stale = counts.values().stream().mapToInt(Backlog.Count::stale).sum();
    int leftover = counts.values().stream().mapToInt(Backlog.Count::leftover).sum();
    boolean reading = stale > 0;
    if (run != null && run.reading() && !reading) {
      log.info(
          "no stale documents are left in '{}': {} were read again in {} s{}",
          core,
          run.done(),
          Math.round(run.seconds()),
          advice());
    } else if (run != null && !run.reading() && leftover == 0) {
      log.info("no vectors without a reader are left in '{}'", core);
    } else if (!looked
        && !reading
        && readers.values().stream().anyMatch(r -> r.previous().isPresent())) {
      log.info("there are no stale documents in '{}'{}", core, advice());
    }
    looked = true;
    if (stale + leftover == 0) {
      run = null;
    } else if (run == null || run.reading() != reading) {
      run = start(counts, reading);
    }
    run = run == null ? null : run.left(reading ? stale : leftover);
    return backlog.toReadAgain(searcher);
  }

  private Run start(Map<Language, Backlog.Count> counts, boolean reading) {
    if (reading) {
      log.info(
          "reading stale documents of '{}' again, at most {} a second: {}",
          core,
          pace.perSecond(),
          counts);
      counts.forEach((language, count) -> {
        if (count.incomparable() > 0) {
          VectorSpace space = readers.get(language).questions();
          log.warn(
              "{} documents of '{}' have a vector in {} that model {} may not have made; until they"
                  + " are read again their rank is unsure. The settings previous.* avoid that",
              count.incomparable(),
              core,
              space.field(),
              space.reader().model());
        }
      });
    } else {
      log.info("removing vectors of '{}' that no reader uses: {}", core, counts);
    }
    long now = System.nanoTime();
    return new Run(reading, now, now, 0, 0);
  }

  private String advice() {
    String languages =
        readers.entrySet().stream()
            .filter(entry -> entry.getValue().previous().isPresent())
            .map(entry -> entry.getKey().code())
            .collect(Collectors.joining(", "));
    return languages.isEmpty()
        ? ""
        : "; once that holds for every shard, the settings previous.* ("
            + languages
            + ") may be removed";
  }

  @Override
  public boolean isOneOf(String id, SolrInputDocument document) {
    return backlog.isToReadAgain(id, document);
  }

  @Override
  public void begun() {
    metrics.staleRetried();
  }

  @Override
  public void done() {
    metrics.staleDone();
    run = run.plus(1);
  }

  @Override
  public void failed() {
    metrics.staleFailed();
  }

  @Override
  public void passed(int done) {
    Run now = run;
    long nanos = System.nanoTime();
    if (now != null && nanos - now.reportedNanos() > TimeUnit.SECONDS.toNanos(REPORT_SECONDS)) {
      log.info(
          "{} of '{}': {} documents done, {} were left before this pass, {} a second",
          now.reading() ? "reading stale documents again" : "removing vectors that no reader uses",
          core,
          now.done(),
          now.left(),
          Math.round(now.perSecond() * 10) / 10.0);
      run = now.report(nanos);
    }
  }
}
