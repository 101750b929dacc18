package dev.baton.solr;

import static org.assertj.core.api.BDDAssertions.then;

import java.util.Map;
import org.apache.solr.client.solrj.response.QueryResponse;
import org.apache.solr.common.params.ModifiableSolrParams;
import org.junit.BeforeClass;
import org.junit.Test;

/** The dates of texts in their field. */
public class DatesTest extends EnrichmentTestCase {

  @BeforeClass
  public static void start() throws Exception {
    startCore(Map.of());
  }

  @Test
  public void datesOfEveryFormAreFoundByRange() throws Exception {
    add(
        document("year", "body", "date=1999"),
        document("month", "body", "date=1999-03"),
        document("day", "body", "date=1999-03-12"),
        document("decade", "body", "date=[1990 TO 1999]"),
        document("ancient", "body", "date=-0220"),
        document("era", "body", "date=[-0499 TO -0400]"),
        document("none", "body", "Anna"));
    server().commit();
    then(ids("dates:1999")).containsExactly("day", "decade", "month", "year");
    then(ids("dates:[1990 TO 1995]")).containsExactly("decade");
    then(ids("dates:[1999-03-10 TO 1999-03-15]")).contains("day").doesNotContain("ancient");
    then(ids("{!field f=dates op=Within}[1999-03 TO 1999-04]")).containsExactly("day", "month");
    then(ids("dates:[-0300 TO 0000]")).containsExactly("ancient");
    then(ids("dates:[-0500 TO -0450]")).containsExactly("era");
    ModifiableSolrParams params = new ModifiableSolrParams();
    params.set("q", "*:*");
    params.set("facet", true);
    params.set("facet.range", "dates");
    params.set("facet.range.start", "1980-01-01T00:00:00Z");
    params.set("facet.range.end", "2000-01-01T00:00:00Z");
    params.set("facet.range.gap", "+10YEARS");
    QueryResponse answer = server().query(params);
    then(answer.getFacetRanges().get(0).getCounts())
        .extracting(
            count -> ((org.apache.solr.client.solrj.response.RangeFacet.Count) count).getCount())
        .containsExactly(0, 4);
  }

  @Test
  public void aDateIsAMentionWithItsValueAndNoEntity() throws Exception {
    add(document("1", "body", "Anna met Boris, date=1999."));
    then(values(get("1"), "mentions"))
        .hasSize(3)
        .contains(
            "{\"type\":\"DATE\",\"field\":\"body\",\"start\":16,\"end\":25,\"value\":\"1999\","
                + "\"confidence\":0.9,\"surface\":\"date=1999\"}");
    then(values(get("1"), "entities")).containsExactly("anna", "boris");
    then(values(get("1"), "cooccurrences")).hasSize(1);
    then(get("1").getFieldNames()).noneMatch(name -> name.startsWith("entities_date"));
  }

  @Test
  public void datesGoWithTheTextAndStayWithoutReading() throws Exception {
    add(document("1", "body", "Anna, date=1999"));
    server().commit();
    int reads = reads();
    add(document("1", "body", "Anna, date=1999", "year", 1));
    then(values(get("1"), "dates")).containsExactly("1999");
    add(document("1", "year", Map.of("inc", 1)));
    then(values(get("1"), "dates")).containsExactly("1999");
    then(reads()).isEqualTo(reads);
    add(document("1", "body", Map.of("set", "Anna")));
    then(values(get("1"), "dates")).isEmpty();
  }
}
