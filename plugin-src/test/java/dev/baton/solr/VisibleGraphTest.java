package dev.baton.solr;

import static dev.baton.solr.GraphRequestHandlerTest.graph;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.baton.graph.GraphView;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.solr.SolrTestCaseJ4;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.util.ContentStream;
import org.apache.solr.common.util.NamedList;
import org.apache.solr.core.SolrCore;
import org.apache.solr.request.SolrQueryRequest;
import org.apache.solr.response.RawResponseWriter;
import org.apache.solr.response.ResultContext;
import org.apache.solr.search.DocIterator;
import org.apache.solr.search.DocList;
import org.junit.BeforeClass;
import org.junit.Test;

/**
 * What {@code /baton/graph} answers under a filter is what a core answers that holds only the
 * documents which the filter lets through: these are asked for first, then the others are deleted
 * and the core is loaded again.
 */
public class VisibleGraphTest extends SolrTestCaseJ4 {

  private static final int ROUNDS = 20;
  private static final List<String> FILTERS =
      List.of("kind:open", "-kind:secret", "-kind:curated", "kind:secret", "-entities:ada");

  @BeforeClass
  public static void coreWithRules() throws Exception {
    useFactory("solr.StandardDirectoryFactory");
    initCore("solrconfig-rules.xml", "schema.xml", GraphViewsTest.home());
  }

  @Test
  public void everyAnswerIsThatOfTheVisibleDocumentsAlone() throws Exception {
    int derived = 0;
    for (int round = 0; round < ROUNDS; round++) {
      long seed = random().nextLong();
      String filter = fill(new Random(seed), false);
      Map<String, Object> seen = answers(new Random(seed), "fq", filter);
      keepOnly(filter);
      Map<String, Object> expected = answers(new Random(seed));
      for (String question : expected.keySet()) {
        assertEquals(
            "seed " + seed + " fq=" + filter + " " + question,
            String.valueOf(expected.get(question)),
            String.valueOf(seen.get(question)));
      }
      derived += expected.toString().split("derived=true", -1).length - 1;
    }
    assertTrue("something was derived", derived > ROUNDS);
  }

  @Test
  public void whatIsFoundByItsRelationsIsWhatWitnessesThem() throws Exception {
    int found = 0;
    for (int round = 0; round < ROUNDS; round++) {
      long seed = random().nextLong();
      String filter = fill(new Random(seed), true);
      for (String derived : List.of("true", "false")) {
        for (String id : RandomGraphDocuments.IDS) {
          for (boolean out : new boolean[] {true, false}) {
            Set<String> documents =
                found(
                    "{!baton_relation %s=%s derived=%s}"
                        .formatted(out ? "subject" : "object", id, derived),
                    "fq",
                    filter);
            assertEquals(
                "seed " + seed + " fq=" + filter + " " + id + " out: " + out,
                witnesses(id, out ? "out" : "in", derived, filter),
                documents);
            found += documents.size();
          }
        }
      }
    }
    assertTrue("something was found", found > ROUNDS);
  }

  /** Of the relations of an entity, co-occurrence left out, stated or derived. */
  private static Set<String> witnesses(String id, String direction, String derived, String filter)
      throws Exception {
    Set<String> witnesses = new TreeSet<>();
    Object answer = answer("entity", id, "witnesses", "100", "relations.rows", "100", "fq", filter);
    if (answer instanceof Map<?, ?> shown) {
      for (Object entity : (List<?>) shown.get("entities")) {
        for (Object each : (List<?>) ((Map<?, ?>) entity).get("relations")) {
          Map<?, ?> relation = (Map<?, ?>) each;
          // what follows in a circle relates an entity to itself, in both directions
          boolean toItself = relation.get("neighbour").equals(((Map<?, ?>) entity).get("id"));
          if ((toItself || relation.get("direction").equals(direction))
              && !relation.get("relation").equals(GraphView.COOCCURS)
              && relation.containsKey("derived") == Boolean.parseBoolean(derived)) {
            ((List<?>) relation.get("witnesses")).forEach(doc -> witnesses.add((String) doc));
          }
        }
      }
    }
    return witnesses;
  }

  @Test
  public void whatHiddenDocumentsRefuteIsNotDerivedAndAllElseIs() throws Exception {
    int fewer = 0;
    for (int round = 0; round < ROUNDS || (fewer == 0 && round < 50 * ROUNDS); round++) {
      long seed = random().nextLong();
      String filter = fill(new Random(seed), true);
      Set<String> seen = relations("fq", filter);
      keepOnly(filter);
      Set<String> expected = relations();
      String at = "seed " + seed + " fq=" + filter;
      assertTrue(at + ": " + seen + " in " + expected, expected.containsAll(seen));
      fewer += expected.size() - seen.size();
      expected.removeAll(seen);
      for (String missing : expected) {
        assertTrue(at + ": " + missing, missing.contains(",neighbour,"));
      }
    }
    assertTrue("something was refuted", fewer > 0);
  }

  private static Set<String> relations(String... more) throws Exception {
    String[] asked =
        Stream.concat(Stream.of("export", "csv_relations", "derived", "true"), Arrays.stream(more))
            .toArray(String[]::new);
    return ((String) answer(asked)).lines().collect(Collectors.toCollection(TreeSet::new));
  }

  /** Random documents, some of them gone again, over several segments; returns a filter. */
  private static String fill(Random random, boolean quarrels) {
    assertU(delQ("*:*"));
    RandomGraphDocuments source = new RandomGraphDocuments(random, quarrels);
    int documents = 4 + random.nextInt(24);
    for (int i = 0; i < documents; i++) {
      assertU(adoc(source.document("doc" + i)));
      if (random.nextInt(6) == 0) {
        assertU(commit());
      }
    }
    assertU(delI("doc" + random.nextInt(documents)));
    assertU(commit());
    return FILTERS.get(random.nextInt(FILTERS.size()));
  }

  private static void keepOnly(String filter) throws Exception {
    assertU(delQ("*:* -(+*:* " + (filter.startsWith("-") ? "" : "+") + filter + ")"));
    assertU(commit());
    h.reload();
  }

  /** Every kind of question, about every entity, with its answer. */
  private static Map<String, Object> answers(Random random, String... more) throws Exception {
    RandomGraphDocuments source = new RandomGraphDocuments(random, false);
    Map<String, Object> answers = new LinkedHashMap<>();
    List<String[]> questions = new ArrayList<>();
    for (String id : RandomGraphDocuments.IDS) {
      String derived = "" + random.nextBoolean();
      questions.add(new String[] {"entity", id, "witnesses", "100", "relations.rows", "100"});
      questions.add(
          new String[] {
            "entity", id, "relations.relation", "in", "derived", derived, "witnesses", "100"
          });
      questions.add(new String[] {"entity", id, "relations.rows", "2", "witnesses", "100"});
      questions.add(new String[] {"neighbours", id, "hops", "3"});
      questions.add(new String[] {"neighbours", id, "limit", "2", "hops", "2"});
      questions.add(new String[] {"prefix", id.substring(0, 1), "limit", "2"});
      questions.add(new String[] {"prefix", id.substring(0, 3)});
      questions.add(new String[] {"subgraph", id, "derived", derived});
      questions.add(new String[] {"subgraph", id, "hops", "2", "format", "graphson"});
      for (int i = 0; i < 6; i++) {
        questions.add(
            new String[] {"proof", id, "relation", source.relation(), "object", source.id()});
      }
      questions.add(new String[] {"paths", id, "to", source.id(), "limit", "20"});
      questions.add(new String[] {"paths", id, "to", source.id(), "derived", "false"});
      questions.add(new String[] {"paths", id, "to", source.id(), "relations.relation", "in,near"});
    }
    for (GraphExport.Format format : GraphExport.Format.values()) {
      for (String derived : List.of("true", "false")) {
        questions.add(new String[] {"export", format.name(), "derived", derived});
      }
    }
    questions.add(new String[] {"stats", "true", "top", "100"});
    for (int i = 0; i < 30; i++) {
      String[] pattern = {
        "{!baton_relation",
        random.nextInt(3) > 0 ? "subject=" + source.id() : "",
        random.nextInt(3) > 0 ? "relation=" + source.relation() : "",
        "object=" + source.id(),
        random.nextBoolean() ? "derived=" + random.nextBoolean() : "",
        "}"
      };
      if (pattern[2].length() > 0 && random.nextBoolean()) {
        pattern[3] = "";
      }
      String query = String.join(" ", pattern);
      answers.put(query, found(query, more));
      answers.put(
          "fq " + query,
          found(
              "*:*",
              Stream.concat(Stream.of("fq", query), Arrays.stream(more)).toArray(String[]::new)));
    }
    for (String[] question : questions) {
      String[] asked =
          Stream.concat(Arrays.stream(question), Arrays.stream(more)).toArray(String[]::new);
      answers.put(String.join(" ", question), answer(asked));
    }
    return answers;
  }

  private static Set<String> found(String query, String... more) throws Exception {
    String[] asked =
        Stream.concat(Stream.of("q", query, "fl", "id", "rows", "100"), Arrays.stream(more))
            .toArray(String[]::new);
    Set<String> ids = new TreeSet<>();
    try (SolrQueryRequest request = req(asked)) {
      DocList docs =
          ((ResultContext) h.queryAndResponse("/select", request).getResponse()).getDocList();
      for (DocIterator each = docs.iterator(); each.hasNext(); ) {
        ids.add(request.getSearcher().doc(each.nextDoc(), Set.of("id")).get("id"));
      }
    }
    return ids;
  }

  private static Object answer(String... parameters) throws Exception {
    ignoreException(".*");
    try (SolrQueryRequest request = graph(parameters)) {
      NamedList<Object> values = h.queryAndResponse("/baton/graph", request).getValues();
      String writer = request.getParams().get("wt");
      if (values.get(RawResponseWriter.CONTENT) instanceof ContentStream content) {
        return new String(content.getStream().readAllBytes(), UTF_8);
      }
      if (values.get(writer) instanceof SolrCore.RawWriter raw) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        raw.write(out);
        return out.toString(UTF_8);
      }
      Map<String, Object> shown = shown(values);
      shown.remove("responseHeader");
      // of the whole graph and not of what a request asks
      shown.remove("buildMillis");
      if (shown.get("reasoning") instanceof Map<?, ?> reasoning) {
        reasoning.remove("byRule");
        reasoning.remove("warnings");
      }
      return shown;
    } catch (SolrException e) {
      return e.code() + " " + e.getMessage();
    } finally {
      resetExceptionIgnores();
    }
  }

  private static Map<String, Object> shown(NamedList<?> list) {
    Map<String, Object> shown = new TreeMap<>();
    list.forEach((name, value) -> shown.put(name, shown(name, value)));
    return shown;
  }

  /** Documents are in the order of the index, which a merge may change. */
  private static Object shown(String name, Object value) {
    if (value instanceof NamedList<?> list) {
      return shown(list);
    }
    if (value instanceof List<?> list) {
      List<Object> shown = new ArrayList<>();
      list.forEach(item -> shown.add(shown("", item)));
      if (name.equals("documents") && shown.size() == ProofAnswer.MAX_DOCUMENTS) {
        return "the first of them";
      }
      if (name.equals("witnesses") || name.equals("documents")) {
        shown.sort((one, other) -> one.toString().compareTo(other.toString()));
      }
      return shown;
    }
    return value;
  }
}
