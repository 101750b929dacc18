package dev.baton.solr;

import dev.baton.graph.FoldedGraph;
import dev.baton.graph.GraphChanges;
import dev.baton.graph.GraphState;
import dev.baton.graph.GraphTerms;
import dev.baton.graph.GraphView;
import dev.baton.graph.Triple;
import dev.baton.reasoning.Atom;
import dev.baton.reasoning.Proof;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.solr.SolrTestCaseJ4;
import org.apache.solr.common.util.ExecutorUtil;
import org.apache.solr.core.SolrCore;
import org.apache.solr.search.SolrIndexSearcher;
import org.apache.solr.util.RefCounted;
import org.junit.After;
import org.junit.Before;
import org.junit.BeforeClass;
import org.junit.Test;

public class GraphViewsTest extends SolrTestCaseJ4 {

  @BeforeClass
  public static void startCore() throws Exception {
    useFactory("solr.StandardDirectoryFactory");
    initCore("solrconfig-rules.xml", "schema.xml", home());
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
    RandomGraphDocuments source = new RandomGraphDocuments(random, true);
    int merges = 0;
    int derived = 0;
    for (int step = 0; step < 150; step++) {
      String at = "seed " + seed + " step " + step;
      switch (random.nextInt(17)) {
        case 0 -> assertU(delI("doc" + random.nextInt(60)));
        case 1 -> assertU(delQ("entities:" + source.id() + " AND kind:" + source.kind()));
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
        case 5 -> {
          if (random.nextInt(4) == 0) {
            // what is not committed is in the update log
            h.close();
            createCore();
          }
        }
        case 6, 7, 8 -> assertU(commit("softCommit", "" + random.nextBoolean()));
        default -> {
          for (int i = random.nextInt(12); i >= 0; i--) {
            assertU(adoc(source.document("doc" + random.nextInt(60))));
          }
        }
      }
      derived +=
          withSearcher(searcher -> {
            assertEquals(at, fresh(searcher), dump(snapshot(searcher)));
            return checkReasoning(at, searcher);
          });
    }
    assertTrue("the sequence merged segments", merges > 0);
    assertTrue("something was derived", derived > 0);
  }

  /** Against reasoning afresh, and down to live documents; returns how much is derived. */
  private static int checkReasoning(String at, SolrIndexSearcher searcher) throws Exception {
    SeenGraph seen = SeenGraph.of(searcher, null);
    ReasonedGraph reasoned = GraphViews.of(searcher.getCore()).snapshot(searcher).reasoned();
    GraphState state = snapshot(searcher);
    GraphChanges all = new GraphChanges();
    state.forEachTerm(all::add);
    GraphState built = GraphState.EMPTY.plus(all);
    ReasonedGraph afresh = ReasonedGraph.none(reasoned.rules()).next(GraphState.EMPTY, built, all);
    assertEquals(at, inferences(afresh), inferences(reasoned));
    assertEquals(at, Optional.empty(), reasoned.problem());
    for (String id : seen.graph().ids()) {
      for (GraphView.Edge edge : seen.graph().edges(id, null, Integer.MAX_VALUE)) {
        assertTrue(
            at + " " + id + " " + edge,
            seen.documents().documents(seen.graph().terms(id, edge)) > 0);
      }
    }
    int[] derived = new int[1];
    reasoned
        .inferences()
        .forEach(inference -> {
          Proof proof = seen.explain(inference.triple(), 1).best().orElseThrow();
          assertEquals(at + " " + inference, inference.confidence(), proof.confidence(), 0);
          checkWitnesses(at, proof, seen);
          derived[0] += inference.isOnlyDerived() ? 1 : 0;
        });
    return derived[0];
  }

  private static void checkWitnesses(String at, Proof proof, SeenGraph seen) {
    Triple triple = proof.triple();
    if (proof.isStated()) {
      List<FoldedGraph.FieldTerm> terms =
          triple.relation().equals(Atom.TYPE)
              ? seen.graph().typeTerms(triple.subject(), triple.object())
              : seen.graph().terms(triple);
      assertTrue(at + " " + triple, seen.documents().documents(terms) > 0);
    }
    proof.premises().forEach(premise -> checkWitnesses(at, premise, seen));
  }

  private static String inferences(ReasonedGraph reasoned) {
    TreeSet<String> shown = new TreeSet<>();
    reasoned.inferences().forEach(inference -> shown.add(inference.toString()));
    return shown.toString();
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
}
