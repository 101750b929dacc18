package dev.baton.solr;

import static org.assertj.core.api.BDDAssertions.then;
import static org.assertj.core.api.BDDAssertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.solr.client.solrj.response.QueryResponse;
import org.apache.solr.common.SolrDocument;
import org.apache.solr.common.util.NamedList;
import org.junit.BeforeClass;
import org.junit.Test;

/** What a profile does to the ranking, with scripted readers. */
public class ProfileTest extends QueriesTestCase {

  private static final String WORDS = "lexical,graph";

  @BeforeClass
  public static void index() throws Exception {
    startCore(
        List.of(
            document("first", "First", "Boris saw whales in the north.", "year", "1"),
            document("second", "Second", "Clara saw whales in the south.", "year", "2"),
            document("anja", "Anja", "A woman who saw whales.", "year", "3"),
            document("hidden", "Hidden", "Dora saw whales.", "year", "9"),
            document("elsewhere", "Elsewhere", "Clara bakes bread.", "year", "2"),
            entity("Anja", null, "Anna")));
  }

  private static QueryResponse whales(String... more) throws Exception {
    String[] asked = {"q", "whales", "baton.channels", WORDS};
    String[] all = Arrays.copyOf(asked, asked.length + more.length);
    System.arraycopy(more, 0, all, asked.length, more.length);
    return search(all);
  }

  @SuppressWarnings("unchecked")
  private static double overlap(QueryResponse answer, String id) {
    return (Double) ((Map<String, Object>) shares(hit(answer, id)).get("liking")).get("overlap");
  }

  private static String counts(QueryResponse answer) {
    return answer.getResponseHeader().get("baton.profile").toString().replace(" ", "");
  }

  @Test
  public void whatIsFollowedComesFirstAndIsTold() throws Exception {
    then(score(whales(), "first")).isEqualTo(score(whales(), "second"));
    for (String[] liked :
        new String[][] {{"Boris", "first", "second"}, {"clara", "second", "first"}}) {
      QueryResponse answer = whales("baton.profile", "{\"follow\":[\"" + liked[0] + "\"]}");
      then(ids(answer)).containsSubsequence(liked[1], liked[2]);
      then(shares(hit(answer, liked[1])).get("liking").toString())
          .contains("entity=" + liked[0].toLowerCase(Locale.ROOT));
    }
  }

  @Test
  public void aboutAnEntityCountsTwiceAsMuchAsNamingItAndAliasesCountForIt() throws Exception {
    QueryResponse answer = whales("baton.profile", "{\"follow\":[\"Anna\",\"Boris\"]}");
    then(overlap(answer, "anja")).isEqualTo(1);
    then(overlap(answer, "first")).isEqualTo(0.5);
    then(overlap(answer, "second")).isZero();
    QueryResponse withoutWitness =
        whales("baton.profile", "{\"follow\":[\"Anna\"]}", "fq", "-kind:entity");
    then(counts(withoutWitness)).isEqualTo("{read=0,follow=0,ignored=1}");
  }

  @Test
  public void interestHalvesWithEachHalfLife() throws Exception {
    String follow = "{\"follow\":[{\"entity\":\"Anja\",\"ageDays\":%s,\"weight\":0.8}]}";
    then(overlap(whales("baton.profile", follow.formatted("0")), "anja")).isEqualTo(0.8);
    then(overlap(whales("baton.profile", follow.formatted("30")), "anja")).isEqualTo(0.4);
    then(overlap(
            whales("baton.profile", follow.formatted("30"), "baton.profile.halfLifeDays", "10"),
            "anja"))
        .isCloseTo(0.1, within(1e-12));
  }

  @Test
  public void whatWasReadShiftsBothVectorsAndEntities() throws Exception {
    QueryResponse answer = whales("baton.profile", "{\"read\":[\"elsewhere\"]}");
    then(overlap(answer, "second")).as("names Clara, as what was read does").isEqualTo(0.25);
    then(overlap(answer, "first")).isZero();
    QueryResponse near =
        search("q", "bread", "baton.profile", "{\"read\":[{\"id\":\"elsewhere\",\"weight\":0.5}]}");
    then(shares(hit(near, "elsewhere")).get("liking").toString()).contains("near=0.5");
  }

  @Test
  public void aScoreLosesAtMostTheWeightAndGainsNothing() throws Exception {
    QueryResponse without = whales();
    for (double weight : new double[] {0.05, 0.5, 1}) {
      QueryResponse with =
          whales(
              "baton.profile",
              "{\"follow\":[\"Boris\"],\"read\":[\"anja\"]}",
              "baton.profile.weight",
              String.valueOf(weight));
      for (SolrDocument hit : without.getResults()) {
        String id = (String) hit.getFieldValue("id");
        then(score(with, id))
            .isBetween((1 - weight) * score(without, id) - 1e-6, score(without, id) + 1e-6);
      }
    }
  }

  @Test
  public void sharesAndExplainAddUpToTheScore() throws Exception {
    QueryResponse answer =
        search(
            "q",
            "whales",
            "baton.profile",
            "{\"follow\":[\"Boris\"],\"read\":[\"anja\"]}",
            "debug",
            "results",
            "debug.explain.structured",
            "true");
    for (SolrDocument hit : answer.getResults()) {
      double score = score(answer, (String) hit.getFieldValue("id"));
      double sum = 0;
      for (String share : List.of("lexical", "vector", "graph", "profile")) {
        sum += (Double) shares(hit).get(share);
      }
      then(sum).isCloseTo(score, within(1e-6));
      NamedList<?> explain = (NamedList<?>) answer.getDebugMap().get("explain");
      NamedList<?> tree = (NamedList<?>) explain.get((String) hit.getFieldValue("id"));
      then(((Number) tree.get("value")).doubleValue()).isCloseTo(score, within(1e-6));
      then(tree.toString()).contains("profile.weight").contains("lexical share");
    }
  }

  @Test
  public void whatTheRequestMayNotSeeCountsForNothing() throws Exception {
    String profile = "{\"read\":[\"hidden\",\"nowhere\"],\"follow\":[\"Dora\",\"Nobody\"]}";
    QueryResponse seen = whales("baton.profile", profile);
    then(counts(seen)).isEqualTo("{read=1,follow=1,ignored=2}");
    QueryResponse hidden = whales("baton.profile", profile, "fq", "-year:9");
    QueryResponse without = whales("fq", "-year:9");
    then(counts(hidden)).isEqualTo("{read=0,follow=0,ignored=4}");
    then(ids(hidden)).isEqualTo(ids(without));
    for (Object id : ids(without)) {
      then(score(hidden, (String) id)).isEqualTo(score(without, (String) id));
    }
  }

  @Test
  public void aProfileWithoutWeightChangesNothing() throws Exception {
    QueryResponse off =
        whales("baton.profile", "{\"follow\":[\"Boris\"]}", "baton.profile.weight", "0");
    then(off.getResults().toString()).isEqualTo(whales().getResults().toString());
  }

  @Test
  public void aMalformedProfileIsRefusedWithEveryFault() {
    then(refusal("q", "x", "baton.profile", "[1]")).hasMessageContaining("must be a JSON object");
    then(refusal("q", "x", "baton.profile", "{")).hasMessageContaining("must be a JSON object");
    then(refusal(
            "q",
            "x",
            "baton.profile",
            "{\"read\":[{\"id\":\"a\",\"ageDays\":-1}],\"follow\":[{\"entity\":\"b\",\"weight\":2}],"
                + "\"seen\":1}"))
        .hasMessageContaining("baton.profile.read must have")
        .hasMessageContaining("baton.profile.follow must have")
        .hasMessageContaining("read and follow only, got: seen");
    then(refusal("q", "x", "baton.profile.weight", "2"))
        .hasMessageContaining("baton.profile.weight must be a number in [0.0, 1.0]");
  }
}
