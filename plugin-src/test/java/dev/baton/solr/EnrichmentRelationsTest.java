package dev.baton.solr;

import static org.assertj.core.api.BDDAssertions.then;

import java.util.Map;
import org.apache.solr.common.SolrDocument;
import org.junit.BeforeClass;
import org.junit.Test;

/** Triples that patterns find in documents, with where they were found. */
public class EnrichmentRelationsTest extends EnrichmentTestCase {

  @BeforeClass
  public static void start() throws Exception {
    startCore(Map.of("relations", "relations.txt"));
  }

  @Test
  public void aTripleIsWrittenWithItsProvenance() throws Exception {
    add(document("1", "body", "《呐喊》的作者是鲁迅。"));
    SolrDocument found = get("1");
    then(values(found, "triples")).containsExactly("呐喊\tauthor\t鲁迅");
    then(values(found, "facts")).isEmpty();
    then(values(found, "provenance"))
        .singleElement()
        .asString()
        .startsWith(
            "{\"subject\":\"呐喊\",\"relation\":\"author\",\"object\":\"鲁迅\",\"field\":\"body\","
                + "\"start\":0,\"end\":10,\"subjectSpan\":[0,4],\"objectSpan\":[8,10],\"pattern\":\"zh ")
        .endsWith("\"confidence\":0.729}");
    then(values(found, "entities")).contains("呐喊", "鲁迅");
  }

  @Test
  public void aDateIsAFactAndNoTriple() throws Exception {
    add(document("1", "title", "Emma", "lang", "en", "body", "Smith was born on date=1815-12-23."));
    SolrDocument found = get("1");
    then(values(found, "triples")).isEmpty();
    then(values(found, "facts")).containsExactly("smith\tborn_on\t1815-12-23");
    then(values(found, "provenance"))
        .singleElement()
        .asString()
        .contains("\"value\":\"1815-12-23\"", "\"field\":\"body\"");
  }

  @Test
  public void anUnchangedTextKeepsItsTriplesAndAChangedOneLosesThem() throws Exception {
    add(document("1", "body", "《呐喊》的作者是鲁迅。", "year", 1923));
    int read = reads();
    add(document("1", "body", "《呐喊》的作者是鲁迅。", "year", 1924));
    then(reads()).isEqualTo(read);
    then(values(get("1"), "triples")).containsExactly("呐喊\tauthor\t鲁迅");
    then(values(get("1"), "provenance")).hasSize(1);
    add(document("1", "body", "《呐喊》和鲁迅。"));
    then(values(get("1"), "triples")).isEmpty();
    then(values(get("1"), "provenance")).isEmpty();
  }
}
