package dev.baton.solr;

import dev.baton.graph.GraphState;
import dev.baton.graph.GraphTerms;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.solr.SolrTestCaseJ4;
import org.apache.solr.common.SolrInputDocument;
import org.apache.solr.common.util.ExecutorUtil;
import org.apache.solr.core.SolrCore;
import org.apache.solr.search.SolrIndexSearcher;
import org.apache.solr.util.RefCounted;
import org.junit.After;
import org.junit.Before;
import org.junit.BeforeClass;
import org.junit.Test;

public class GraphViewsTest extends SolrTestCaseJ4 {

  private static final String[] IDS = {"a", "b", "c", "d", "e", "f", "g", "h"};

  @BeforeClass
  public static void startCore() throws Exception {
    useFactory("solr.StandardDirectoryFactory");
    initCore("solrconfig.xml", "schema.xml", home());
  }

  @Before
  public void emptyIndex() {
    assertU(delQ("*:*"));
    assertU(commit());
  }

  @After
  public void noViewOutlivesItsReader() throws Exception {
    // the one of the open searcher, which is also the held one
    assertU(adoc("id", "last"));
    assertU(commit());
    withSearcher(searcher -> GraphViews.of(searcher));
    assertTrue(
        "views kept: " + GraphViews.of(h.getCore()).kept(), GraphViews.of(h.getCore()).kept() <= 2);
  }

  @Test
  public void anySequenceOfEditsEqualsAFreshBuild() throws Exception {
    long seed = random().nextLong();
    Random random = new Random(seed);
    int merges = 0;
    for (int step = 0; step < 100; step++) {
      String at = "seed " + seed + " step " + step;
      switch (random.nextInt(16)) {
        case 0 -> assertU(delI("doc" + random.nextInt(60)));
        case 1 ->
            assertU(delQ("entities:" + IDS[random.nextInt(IDS.length)] + " AND about:[* TO c]"));
        case 2 -> {
          assertU(optimize("maxSegments", "" + (1 + random.nextInt(2))));
          merges++;
        }
        case 3 -> {
          if (random.nextInt(3) == 0) {
            assertU("<rollback/>");
            assertU(commit());
          }
        }
        case 4 -> {
          if (random.nextInt(4) == 0) {
            assertU(commit());
            h.reload();
          }
        }
        case 5, 6, 7 -> assertU(commit("softCommit", "" + random.nextBoolean()));
        default -> {
          for (int i = random.nextInt(12); i >= 0; i--) {
            assertU(adoc(document("doc" + random.nextInt(60), random)));
          }
        }
      }
      withSearcher(searcher -> {
        assertEquals(at, fresh(searcher), dump(snapshot(searcher)));
        return null;
      });
    }
    assertTrue("the sequence merged segments", merges > 0);
  }

  @Test
  public void viewOfAnOldSearcherStaysAsItWas() throws Exception {
    assertU(adoc("id", "1", "entities", "a"));
    assertU(commit());
    RefCounted<SolrIndexSearcher> old = h.getCore().getSearcher();
    try {
      String before = dump(snapshot(old.get()));
      assertU(adoc("id", "2", "entities", "b"));
      assertU(delI("1"));
      assertU(commit());
      assertU(optimize());
      assertEquals(before, dump(snapshot(old.get())));
      assertEquals("{entities a=1}", before);
      withSearcher(searcher -> {
        assertEquals("{entities b=1}", dump(snapshot(searcher)));
        return null;
      });
    } finally {
      old.decref();
    }
  }

  @Test
  public void refreshReadsOnlyWhatChanged() throws Exception {
    for (int i = 0; i < 200; i++) {
      assertU(adoc("id", "" + i, "entities", "e" + i));
    }
    assertU(optimize("maxSegments", "1"));
    assertU(delI("7"));
    assertU(adoc("id", "new", "entities", "x"));
    assertU(commit());
    withSearcher(searcher -> {
      GraphSnapshot snapshot = GraphViews.of(searcher.getCore()).snapshot(searcher);
      assertEquals(1, snapshot.came());
      assertEquals(1, snapshot.went());
      return null;
    });
  }

  @Test
  public void mergeCostsNoTerms() throws Exception {
    for (int i = 0; i < 5; i++) {
      assertU(adoc("id", "" + i, "entities", "e" + i));
      assertU(adoc("id", "other" + i, "entities", "x"));
      assertU(commit());
    }
    assertU(delI("3"));
    assertU(adoc("id", "new", "entities", "x"));
    assertU(commit());
    withSearcher(searcher -> GraphViews.of(searcher));
    assertU(delI("4"));
    assertU(adoc("id", "other0", "entities", "y"));
    assertU(optimize("maxSegments", "1"));
    withSearcher(searcher -> {
      GraphSnapshot snapshot = GraphViews.of(searcher.getCore()).snapshot(searcher);
      assertEquals(1, searcher.getRawReader().leaves().size());
      assertEquals(1, snapshot.came());
      assertEquals(2, snapshot.went());
      assertEquals(
          "{entities e0=1, entities e1=1, entities e2=1, entities x=5, entities y=1}",
          dump(snapshot(searcher)));
      return null;
    });
  }

  @Test
  public void aliasComesAndGoesWithoutReindexing() throws Exception {
    assertU(adoc("id", "1", "entities", "周树人", "triples", "呐喊\tauthor\t周树人"));
    assertU(commit());
    assertEquals(List.of("周树人"), resolve("周树人"));
    assertU(adoc("id", "entity:鲁迅", "about", "鲁迅", "alias_of", "周树人\t鲁迅"));
    assertU(commit());
    assertEquals(List.of("鲁迅"), resolve("周树人"));
    assertU(delI("entity:鲁迅"));
    assertU(commit());
    assertEquals(List.of("周树人"), resolve("周树人"));
    assertEquals(List.of(), resolve("鲁迅"));
  }

  @Test
  public void concurrentRequestsForASearcherGetOneView() throws Exception {
    assertU(adoc("id", "1", "entities", "a"));
    assertU(commit());
    ExecutorService executor = Executors.newFixedThreadPool(4, Thread::new);
    try {
      withSearcher(searcher -> {
        List<Callable<GraphState>> calls = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
          calls.add(() -> snapshot(searcher));
        }
        for (Future<GraphState> state : executor.invokeAll(calls)) {
          assertSame(snapshot(searcher), state.get());
        }
        return null;
      });
    } finally {
      ExecutorUtil.shutdownAndAwaitTermination(executor);
    }
  }

  @Test
  public void malformedValuesCostNothingButThemselves() throws Exception {
    assertU(adoc("id", "1", "entities", "a", "triples", "no tabs"));
    assertU(commit());
    withSearcher(searcher -> {
      assertEquals("{entities a=1}", dump(snapshot(searcher)));
      return null;
    });
  }

  @Test
  public void aGraphThatDoesNotFitItsReaderIsBuiltFromScratch() throws Exception {
    assertU(adoc("id", "1", "entities", "a"));
    assertU(commit());
    RefCounted<SolrIndexSearcher> old = h.getCore().getSearcher();
    try {
      assertU(adoc("id", "2", "entities", "b"));
      assertU(delI("1"));
      assertU(commit());
      GraphSnapshot empty =
          new GraphSnapshot(GraphState.EMPTY, ReasonedGraph.none(CoreRules.NONE), 0, 0, 0);
      withSearcher(searcher -> {
        GraphSnapshot next =
            GraphViews.of(searcher.getCore())
                .next(empty, old.get().getRawReader(), searcher.getRawReader());
        assertEquals("{entities b=1}", dump(next.state()));
        return null;
      });
    } finally {
      old.decref();
    }
  }

  @Test
  public void aSearcherThatWarmsWhileItsCoreClosesIsNotHeld() throws Exception {
    assertU(adoc("id", "1", "entities", "a"));
    assertU(commit());
    withSearcher(searcher -> {
      GraphSearcherListener listener = new GraphSearcherListener(searcher.getCore());
      GraphViews.of(searcher.getCore()).preClose(searcher.getCore());
      int references = searcher.getRawReader().getRefCount();
      listener.newSearcher(searcher, null);
      assertEquals(references, searcher.getRawReader().getRefCount());
      return null;
    });
    // The views of this core are closed for good; the next test gets new ones.
    h.reload();
  }

  static String home() {
    return Path.of("plugin-src/test/resources/solr-graph").toAbsolutePath().toString();
  }

  private interface WithSearcher<T> {
    T apply(SolrIndexSearcher searcher) throws Exception;
  }

  private static <T> T withSearcher(WithSearcher<T> action) throws Exception {
    SolrCore core = h.getCoreInc();
    try {
      RefCounted<SolrIndexSearcher> searcher = core.getSearcher();
      try {
        return action.apply(searcher.get());
      } finally {
        searcher.decref();
      }
    } finally {
      core.close();
    }
  }

  private static GraphState snapshot(SolrIndexSearcher searcher) {
    return GraphViews.of(searcher.getCore()).snapshot(searcher).state();
  }

  private static List<String> resolve(String name) throws Exception {
    return withSearcher(searcher -> List.copyOf(GraphViews.of(searcher).resolve(name)));
  }

  private static String dump(GraphState state) {
    TreeMap<String, Integer> terms = new TreeMap<>();
    state.forEachTerm((field, term, documents) -> terms.put(field + " " + term, documents));
    return terms.toString();
  }

  /** By the stored values of every live document. */
  private static String fresh(SolrIndexSearcher searcher) throws Exception {
    TreeMap<String, Integer> terms = new TreeMap<>();
    for (LeafReaderContext leaf : searcher.getRawReader().leaves()) {
      for (int doc = 0; doc < leaf.reader().maxDoc(); doc++) {
        if (leaf.reader().getLiveDocs() == null || leaf.reader().getLiveDocs().get(doc)) {
          for (String field : GraphTerms.FIELDS) {
            for (String term : leaf.reader().storedFields().document(doc).getValues(field)) {
              terms.merge(field + " " + term, 1, Integer::sum);
            }
          }
        }
      }
    }
    return terms.toString();
  }

  private static SolrInputDocument document(String id, Random random) {
    SolrInputDocument document = new SolrInputDocument("id", id);
    for (String one : IDS) {
      String other = IDS[random.nextInt(IDS.length)];
      if (random.nextInt(3) == 0) {
        document.addField("entities", one);
        document.addField("names", one + "\tPER\t" + one.toUpperCase(Locale.ROOT));
        document.addField("triples", one + "\tr\t" + other);
        if (one.compareTo(other) < 0) {
          document.addField("cooccurrences", one + "\t" + other);
        }
        if (!one.equals(other) && random.nextInt(6) == 0) {
          document.addField("alias_of", one + "\t" + other);
        }
        if (random.nextInt(4) == 0) {
          document.addField("curated_as", one + "\tPER");
        }
        if (random.nextInt(3) == 0) {
          document.addField("about", one);
        }
      }
    }
    return document;
  }
}
