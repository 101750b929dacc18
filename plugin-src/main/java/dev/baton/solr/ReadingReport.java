package dev.baton.solr;

import dev.baton.text.Language;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.apache.solr.common.util.SimpleOrderedMap;
import org.apache.solr.search.SolrIndexSearcher;

/**
 * What the readers of one core have done in its index and have still to do:
 *
 * <pre>{@code
 * {"core": "library", "state": "reading stale documents", "done": 1200, "perSecond": 19.8,
 *  "secondsLeft": 81, "languages": [{"language": "en", "model": "classpath:...",
 *    "vectorField": "embedding_en_b", "enrichmentModel": "0a1b2c3d-4e5f6071",
 *    "previous": {"model": "classpath:...", "vectorField": "embedding_en"},
 *    "questions": "embedding_en",
 *    "documents": 4000, "pending": 0, "stale": 1600, "incomparable": 0, "leftover": 0}]}
 * }</pre>
 *
 * <p>The numbers are those of the open searcher, in a cloud of this shard's.
 */
final class ReadingReport {

  private ReadingReport() {}

  static SimpleOrderedMap<Object> of(
      EnrichmentUpdateProcessorFactory enrichment, SolrIndexSearcher searcher) throws IOException {
    Map<Language, Backlog.Count> counts = enrichment.backlog().count(searcher);
    int stale = sum(counts, Backlog.Count::stale);
    int leftover = sum(counts, Backlog.Count::leftover);
    Optional<StaleDocuments.Progress> progress =
        stale + leftover == 0 ? Optional.empty() : enrichment.progress();
    SimpleOrderedMap<Object> report = new SimpleOrderedMap<>();
    report.add("core", searcher.getCore().getName());
    report.add("state", state(enrichment, progress, stale + leftover));
    if (stale == 0
        && enrichment.readers().values().stream().anyMatch(its -> its.previous().isPresent())) {
      report.add(
          "advice", "the settings previous.* may be removed once no shard has stale documents");
    }
    progress.ifPresent(now -> {
      report.add("done", now.done());
      report.add("perSecond", Math.round(now.perSecond() * 10) / 10.0);
      if (now.perSecond() > 0) {
        report.add("secondsLeft", Math.round((stale > 0 ? stale : leftover) / now.perSecond()));
      }
    });
    List<Object> languages = new ArrayList<>();
    counts.forEach((language, count) -> {
      SimpleOrderedMap<Object> of = new SimpleOrderedMap<>();
      LanguageReaders readers = enrichment.readers().get(language);
      of.add("language", language.code());
      add(of, readers.current());
      of.add("enrichmentModel", readers.mark());
      readers
          .previous()
          .ifPresent(previous -> {
            SimpleOrderedMap<Object> old = new SimpleOrderedMap<>();
            add(old, previous);
            of.add("previous", old);
          });
      of.add("questions", readers.questions().field());
      of.add("documents", count.read());
      of.add("pending", count.pending());
      of.add("stale", count.stale());
      of.add("incomparable", count.incomparable());
      of.add("leftover", count.leftover());
      languages.add(of);
    });
    report.add("languages", languages);
    return report;
  }

  private static void add(SimpleOrderedMap<Object> map, VectorSpace space) {
    map.add("model", space.reader().model());
    map.add("vectorField", space.field());
  }

  private static String state(
      EnrichmentUpdateProcessorFactory enrichment,
      Optional<StaleDocuments.Progress> progress,
      int left) {
    if (left == 0) {
      return "no stale documents";
    }
    if (enrichment.stale() == null) {
      return "stale documents are not read again: rereadDocumentsPerSecond is 0";
    }
    return progress
        .map(now ->
            now.reading() ? "reading stale documents" : "removing vectors that no reader uses")
        .orElse("stale documents wait: for the next look, or the shard has another leader");
  }

  private static int sum(Map<Language, Backlog.Count> counts, ToIntFunction<Backlog.Count> number) {
    return counts.values().stream().mapToInt(number).sum();
  }
}
