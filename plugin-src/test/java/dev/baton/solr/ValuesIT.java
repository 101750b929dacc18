package dev.baton.solr;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.baton.SolrHomeIT;
import org.junit.jupiter.api.Test;

/** Dates and quantities of texts that the shipped models read. */
class ValuesIT extends SolrHomeIT {

  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void datesAreAskedByRangeAndQuantitiesStandInTheMentions() throws Exception {
    solr.createCore("values");
    ArrayNode documents = JSON.createArrayNode();
    documents.addObject().put("id", "zh").put("body", "秦始皇于公元前221年统一六国。沈从文１９８８年病逝于北京，终年八十五岁。");
    documents
        .addObject()
        .put("id", "en")
        .put("body", "Kilimanjaro rises 5,895 metres. Tourism grew in the 1990s, said Anna Smith.");
    solr.update("values", documents.toString());
    solr.commit("values");
    assertThat(ids("dates:[1985 TO 1989]")).isEqualTo("[\"zh\"]");
    assertThat(ids("dates:[-0230 TO -0210]")).isEqualTo("[\"zh\"]");
    assertThat(ids("dates:1995")).isEqualTo("[\"en\"]");
    assertThat(mention("zh", "１９８８年").path("value").asText()).isEqualTo("1988");
    assertThat(mention("zh", "八十五岁").path("unit").asText()).isEqualTo("year");
    JsonNode metres = mention("en", "5,895 metres");
    assertThat(metres.path("type").asText()).isEqualTo("NUMBER");
    assertThat(metres.path("value").asText()).isEqualTo("5895");
    assertThat(metres.path("start").asInt()).isEqualTo(18);
    assertThat(metres.has("entity")).isFalse();
    assertThat(ids("entities:*1990* OR entities:*1988* OR names:*DATE* OR names:*NUMBER*"))
        .isEqualTo("[]");
  }

  private String ids(String query) throws Exception {
    ArrayNode ids = JSON.createArrayNode();
    solr.select("values", "q", query, "fl", "id")
        .path("docs")
        .forEach(found -> ids.add(found.path("id").asText()));
    return ids.toString();
  }

  private JsonNode mention(String id, String surface) throws Exception {
    for (JsonNode mention :
        solr.select("values", "q", "id:" + id).path("docs").path(0).path("mentions")) {
      JsonNode object = JSON.readTree(mention.asText());
      if (object.path("surface").asText().equals(surface)) {
        return object;
      }
    }
    throw new AssertionError("no mention of " + surface);
  }
}
