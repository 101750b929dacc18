package dev.baton.solr;

import dev.baton.extraction.Knowledge;
import dev.baton.text.Language;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.util.Map;
import java.util.Optional;
import org.apache.solr.core.SolrCore;
import org.apache.solr.search.SolrIndexSearcher;
import org.apache.solr.util.RefCounted;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the current searcher of a core knows, for texts that are read now. A core that holds a shard
 * of several knows only a part of the graph: names would be found and linked otherwise than by the
 * whole, so it knows nothing here, says so once in the log, and always in {@link #state}.
 * Thread-safe; takes no lock of the updates.
 */
final class CurrentKnowledge {

  private static final Logger LOG = LoggerFactory.getLogger(MethodHandles.lookup().lookupClass());

  private final SolrCore core;
  private final Map<Language, LanguageReaders> readers;
  private volatile boolean reported;

  /**
   * @param readers whose vectors are compared
   */
  CurrentKnowledge(SolrCore core, Map<Language, LanguageReaders> readers) {
    this.core = core;
    this.readers = readers;
  }

  /** A searcher held open, and what it knows. */
  final class Held implements AutoCloseable {
    private final RefCounted<SolrIndexSearcher> searcher;

    private Held(RefCounted<SolrIndexSearcher> searcher) {
      this.searcher = searcher;
    }

    /** What curators say of the names in a document; nothing where the core knows only a part. */
    MentionCorrections corrections(String documentId) {
      if (searcher == null) {
        return MentionCorrections.NONE;
      }
      try {
        return MentionCorrections.of(searcher.get().getRawReader(), documentId);
      } catch (IOException e) {
        throw new UncheckedIOException("the corrections cannot be read", e);
      }
    }

    /** Empty where the core knows only a part. */
    Optional<Knowledge> knowledge() {
      return searcher == null
          ? Optional.empty()
          : Optional.of(new CoreKnowledge(searcher.get(), readers));
    }

    @Override
    public void close() {
      if (searcher != null) {
        searcher.decref();
      }
    }
  }

  /** Holds the current searcher; waits for the first one while the core starts. */
  Held hold() {
    int shards = Sharding.shards(core);
    if (shards > 1) {
      if (!reported) {
        reported = true;
        LOG.warn(
            "The graph of '{}' lies on {} shards: names that it knows are not looked for in new texts,"
                + " and names with several bearers are not linked by their context",
            core.getName(),
            shards);
      }
      return new Held(null);
    }
    return new Held(core.getSearcher());
  }

  /** What curators say of the names in a document, as of now. */
  MentionCorrections corrections(String documentId) {
    try (Held held = hold()) {
      return held.corrections(documentId);
    }
  }

  /** Whether the core holds all documents of its collection. */
  boolean isWhole() {
    return Sharding.shards(core) == 1;
  }

  /** {@code on}, or why not, for the metrics. */
  String state() {
    int shards = Sharding.shards(core);
    return shards > 1 ? "off: the graph lies on " + shards + " shards" : "on";
  }
}
