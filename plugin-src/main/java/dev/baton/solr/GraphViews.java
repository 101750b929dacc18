package dev.baton.solr;

import dev.baton.graph.GraphChanges;
import dev.baton.graph.GraphState;
import dev.baton.graph.GraphTerms;
import dev.baton.graph.GraphView;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.solr.common.SolrException;
import org.apache.solr.core.CloseHook;
import org.apache.solr.core.SolrCore;
import org.apache.solr.schema.IndexSchema;
import org.apache.solr.schema.SchemaField;
import org.apache.solr.schema.StrField;
import org.apache.solr.search.DocSet;
import org.apache.solr.search.SolrIndexSearcher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The graph views of one core: for each open searcher the one that fits its reader exactly. A view
 * is built from the last one by what changed between the two readers, and kept as long as its
 * reader is open. The reader of the last view is held open until the next is built, because what
 * went can only be read from there; that keeps the files of one older commit while no view is asked
 * for.
 *
 * <p>Thread-safe: requests for one searcher build its view once, builds wait for each other, and a
 * view that is there is given without a lock.
 */
final class GraphViews implements CloseHook {

  private static final Logger LOG = LoggerFactory.getLogger(MethodHandles.lookup().lookupClass());

  private static final Map<SolrCore, GraphViews> BY_CORE = new WeakHashMap<>();

  private final String coreName;
  private final Map<IndexReader.CacheKey, GraphSnapshot> snapshots = new ConcurrentHashMap<>();
  private final Object building = new Object();

  /**
   * The reader of the last view with a reference of ours; null before the first and when closed.
   */
  private DirectoryReader heldReader;

  private CoreRules rules = CoreRules.NONE;
  private long heldOpened;
  private boolean closed;
  private boolean malformedReported;
  private final AtomicBoolean warned = new AtomicBoolean();

  private GraphViews(String coreName) {
    this.coreName = coreName;
  }

  /** The graph of a searcher. Builds it where that has not happened yet. */
  static GraphView of(SolrIndexSearcher searcher) {
    return of(searcher.getCore()).snapshot(searcher).state();
  }

  /**
   * The views of a core, made at the first call.
   *
   * @throws SolrException if the schema lacks a field of {@link GraphTerms} or has it otherwise
   *     than as a multi-valued string with terms and docValues
   */
  static GraphViews of(SolrCore core) {
    synchronized (BY_CORE) {
      GraphViews views = BY_CORE.get(core);
      if (views == null) {
        check(core.getLatestSchema());
        views = new GraphViews(core.getName());
        BY_CORE.put(core, views);
        core.addCloseHook(views);
      }
      return views;
    }
  }

  /**
   * Reasons by rules from the first view on.
   *
   * @throws IllegalStateException if there are views already, or other rules
   */
  void reasonBy(CoreRules its) {
    synchronized (building) {
      if (!snapshots.isEmpty() || !(rules.areNone() || rules.equals(its))) {
        throw new IllegalStateException(
            "the rules of a core are named once, by the listener of the event firstSearcher");
      }
      rules = its;
    }
  }

  /** The graph of a searcher of this core, which the caller keeps open meanwhile. */
  GraphSnapshot snapshot(SolrIndexSearcher searcher) {
    // the reader as Lucene opened it: around it Solr may put one that watches time limits
    DirectoryReader reader = searcher.getRawReader();
    IndexReader.CacheKey key = reader.getReaderCacheHelper().getKey();
    GraphSnapshot snapshot = snapshots.get(key);
    if (snapshot != null) {
      return snapshot;
    }
    synchronized (building) {
      snapshot = snapshots.get(key);
      if (snapshot == null) {
        snapshot = build(reader);
        snapshots.put(key, snapshot);
        reader.getReaderCacheHelper().addClosedListener(snapshots::remove);
        hold(reader, searcher.getOpenNanoTime());
      }
      return snapshot;
    }
  }

  /** The graph of some documents of a searcher only. O(documents that have terms). */
  static GraphState of(SolrIndexSearcher searcher, DocSet documents) throws IOException {
    GraphChanges changes = new GraphChanges();
    for (LeafReaderContext leaf : searcher.getRawReader().leaves()) {
      SegmentTerms.addTo(changes, leaf.reader(), doc -> documents.exists(leaf.docBase + doc), 1);
    }
    return GraphState.EMPTY.plus(changes);
  }

  /** How many views are kept. */
  int kept() {
    return snapshots.size();
  }

  @Override
  public void preClose(SolrCore core) {
    synchronized (BY_CORE) {
      BY_CORE.remove(core);
    }
    synchronized (building) {
      closed = true;
      release();
      snapshots.clear();
    }
  }

  private GraphSnapshot build(DirectoryReader reader) {
    GraphSnapshot before =
        heldReader == null ? null : snapshots.get(heldReader.getReaderCacheHelper().getKey());
    try {
      return before == null ? built(empty(), null, reader) : next(before, heldReader, reader);
    } catch (IOException e) {
      throw new UncheckedIOException("the graph of core " + coreName + " cannot be read", e);
    }
  }

  /**
   * The graph of a reader, from that of another. Where the two do not fit each other, which is a
   * fault of ours, or the other can no longer be read, the graph is built from the new reader
   * alone.
   */
  GraphSnapshot next(GraphSnapshot before, DirectoryReader from, DirectoryReader to)
      throws IOException {
    try {
      return built(before, from, to);
    } catch (IOException | RuntimeException e) {
      LOG.error(
          "the graph of core {} cannot be made from the one before it; it is built from scratch",
          coreName,
          e);
      return built(empty(), null, to);
    }
  }

  private GraphSnapshot empty() {
    return new GraphSnapshot(GraphState.EMPTY, ReasonedGraph.none(rules), 0, 0, 0);
  }

  private GraphSnapshot built(GraphSnapshot before, DirectoryReader from, DirectoryReader to)
      throws IOException {
    long start = System.nanoTime();
    ReaderChanges changes = ReaderChanges.between(from, to);
    GraphState state = before.state().plus(changes.terms());
    ReasonedGraph reasoned = before.reasoned().next(before.state(), state, changes.terms());
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    reportMalformed(changes.terms().malformed());
    if (LOG.isInfoEnabled()) {
      LOG.info(
          "graph of core {}: {} entities, {} triples, built in {} ms from {} documents that came and {} that went",
          coreName,
          state.size().entities(),
          state.size().triples(),
          millis,
          changes.came(),
          changes.went());
    }
    return new GraphSnapshot(state, reasoned, millis, changes.came(), changes.went());
  }

  /** Holds the newest reader that has a view. */
  private void hold(DirectoryReader reader, long opened) {
    boolean older = heldReader != null && opened - heldOpened < 0;
    if (!closed && !older && reader.tryIncRef()) {
      DirectoryReader previous = heldReader;
      heldReader = reader;
      heldOpened = opened;
      release(previous);
    }
  }

  private void release() {
    release(heldReader);
    heldReader = null;
  }

  private static void release(DirectoryReader reader) {
    if (reader != null) {
      try {
        reader.decRef();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private void reportMalformed(int malformed) {
    if (malformed > 0 && !malformedReported) {
      malformedReported = true;
      LOG.warn(
          "core {}: {} values of the fields {} do not have the parts of their field and are left out"
              + " of the graph",
          coreName,
          malformed,
          GraphTerms.FIELDS);
    }
  }

  /** Says once what the rules ask for in vain: when there are triples, so not before an import. */
  void warnOnce(GraphSnapshot snapshot, Supplier<List<String>> warnings) {
    if (snapshot.state().size().triples() > 0 && warned.compareAndSet(false, true)) {
      for (String warning : warnings.get()) {
        LOG.warn("core {}: {}", coreName, warning);
      }
    }
  }

  private static void check(IndexSchema schema) {
    List<String> faults = new ArrayList<>();
    for (String name : GraphTerms.FIELDS) {
      SchemaField field = schema.getFieldOrNull(name);
      if (field == null) {
        faults.add("the schema has no field '" + name + "'");
      } else if (!(field.getType() instanceof StrField)
          || !field.multiValued()
          || !field.indexed()
          || !field.hasDocValues()) {
        faults.add("the field '" + name + "' is " + field);
      }
    }
    if (!faults.isEmpty()) {
      throw new SolrException(
          SolrException.ErrorCode.SERVER_ERROR,
          "The graph needs multi-valued, indexed string fields with docValues: "
              + String.join("; ", faults));
    }
  }
}
