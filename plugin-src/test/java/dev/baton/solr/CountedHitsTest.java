package dev.baton.solr;

import static org.assertj.core.api.BDDAssertions.then;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.solr.client.solrj.response.QueryResponse;
import org.apache.solr.common.SolrInputDocument;
import org.junit.BeforeClass;
import org.junit.Test;

/** What a request passes over that has few hits counted, in every kind of request. */
public class CountedHitsTest extends QueriesTestCase {

  private static final int DOCUMENTS = 120;
  private static final String QUESTION = "w0 w1 w2 w3 w4";
  private static final List<String> WAYS = List.of("lexical", "lexical,vector", "lexical,graph");

  @BeforeClass
  public static void startCore() throws Exception {
    Random random = random();
    List<SolrInputDocument> documents = new ArrayList<>();
    for (int i = 0; i < DOCUMENTS; i++) {
      StringBuilder body = new StringBuilder("w0");
      for (int word = random.nextInt(12); word >= 0; word--) {
        body.append(" w").append(random.nextInt(9));
      }
      documents.add(document("d" + i, "w" + random.nextInt(9), body.toString(), "year", "" + i));
    }
    startCore(documents);
  }

  @Test
  public void pagesHoldWhatTheyHoldWhereAllIsCounted() throws Exception {
    boolean passedOver = false;
    for (String channels : WAYS) {
      for (String rows : List.of("1", "7", "30")) {
        for (String start : List.of("0", "7", "45")) {
          passedOver |= areTheSame(channels, "q", QUESTION, "rows", rows, "start", start);
        }
      }
    }
    then(passedOver).as("something was passed over").isTrue();
  }

  @Test
  public void soDoWhatWantsMoreHitsThanAreOnThePage() throws Exception {
    for (String channels : WAYS) {
      areTheSame(
          channels,
          "q",
          QUESTION,
          "rows",
          "3",
          "rq",
          "{!rerank reRankQuery='{!func}year' reRankDocs=90 reRankWeight=100}");
      areTheSame(
          channels,
          "q",
          "{!bool must=$blend should=$recent}",
          "blend",
          "{!baton v='" + QUESTION + "'}",
          "recent",
          "{!func}year",
          "defType",
          "lucene",
          "rows",
          "5");
      areTheSame(channels, "q", QUESTION, "rows", "5", "sort", "year desc");
      areTheSame(channels, "q", QUESTION, "rows", "5", "fq", "{!frange l=60 cost=200}year");
    }
  }

  @Test
  public void aCursorComesByAllHits() throws Exception {
    for (String channels : WAYS) {
      List<Object> expected = ids(asked(channels, false, "q", QUESTION, "rows", "" + DOCUMENTS));
      List<Object> found = new ArrayList<>();
      for (String mark = "*", last = ""; !mark.equals(last); ) {
        QueryResponse page =
            asked(
                channels,
                true,
                "q",
                QUESTION,
                "rows",
                "7",
                "sort",
                "score desc,id asc",
                "cursorMark",
                mark);
        found.addAll(ids(page));
        last = mark;
        mark = page.getNextCursorMark();
      }
      then(found).isEqualTo(expected);
    }
  }

  /** Whether some hits were not counted. */
  private static boolean areTheSame(String channels, String... params) throws Exception {
    QueryResponse all = asked(channels, false, params);
    QueryResponse few = asked(channels, true, params);
    then(ids(few)).as(channels + " " + List.of(params)).isEqualTo(ids(all));
    then(few.getResults().getNumFound()).isLessThanOrEqualTo(all.getResults().getNumFound());
    return few.getResults().getNumFound() < all.getResults().getNumFound();
  }

  private static QueryResponse asked(String channels, boolean few, String... params)
      throws Exception {
    List<String> all = new ArrayList<>(List.of(params));
    all.addAll(List.of("fl", "id,score", "baton.channels", channels, "baton.lang", "en"));
    all.addAll(List.of("baton.lexicalDepth", "40", "baton.depth", "10"));
    all.addAll(List.of("minExactCount", few ? "5" : "" + Integer.MAX_VALUE));
    return search(all.toArray(String[]::new));
  }
}
