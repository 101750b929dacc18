package dev.baton.solr;

import static org.assertj.core.api.BDDAssertions.then;

import java.util.List;
import org.apache.solr.common.util.NamedList;
import org.junit.BeforeClass;
import org.junit.Test;

/** The entities of the hits of a query, in a core of the shipped configset. */
public class GraphOfResultsTest extends QueriesTestCase {

  @BeforeClass
  public static void index() throws Exception {
    startCore(
        List.of(
            document("clara", "Clara", "She met Dora in winter."),
            document("emil", "Emil", "He stayed."),
            document("long", "Fanny", "Gustav sails. ".repeat(200))));
  }

  private static NamedList<?> results(String... namesAndValues) throws Exception {
    return (NamedList<?>) ask("/baton/graph", namesAndValues).getResponse().get("results");
  }

  private static List<?> entities(NamedList<?> results) {
    return ((List<?>) results.get("entities"))
        .stream().map(entity -> (Object) ((NamedList<?>) entity).get("id")).toList();
  }

  @Test
  public void aBlendIsAQueryLikeOthers() throws Exception {
    NamedList<?> results =
        results("results", "{!baton v=$text}", "text", "Who is Clara", "rows", "1");
    then(results.get("documents")).isEqualTo(List.of("clara"));
    then(entities(results)).asString().contains("clara", "dora").doesNotContain("emil");
  }

  @Test
  public void passagesAreNoHits() throws Exception {
    then(ask("/baton/passages", "q", "kind:passage").getResults().getNumFound()).isPositive();
    then(results("results", "*:*", "rows", "1000").get("numFound")).isEqualTo(3L);
    then(results("results", "kind:passage").get("numFound")).isEqualTo(0L);
  }
}
