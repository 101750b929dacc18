package dev.baton.tool;

import java.util.List;
import org.apache.solr.common.params.ModifiableSolrParams;

/** The kinds of queries whose times are compared, each for the same ten best documents. */
enum QueryKind {
  EDISMAX("edismax alone", "/select"),
  EDISMAX_COUNTED("edismax, counted as the blend", "/select"),
  KNN("kNN alone", "/select"),
  BLEND("blend without graph", "/baton/search"),
  BLEND_GRAPH("blend with graph", "/baton/search");

  /** A question with the vector that it is compared with. */
  record Question(String text, String vectorField, List<Float> vector) {

    String language() {
      return vectorField.substring("embedding_".length());
    }
  }

  private static final int DEPTH = 100;

  private final String label;
  private final String handler;

  QueryKind(String label, String handler) {
    this.label = label;
    this.handler = handler;
  }

  String label() {
    return label;
  }

  String handler() {
    return handler;
  }

  ModifiableSolrParams params(Question question) {
    ModifiableSolrParams params = new ModifiableSolrParams();
    params.set("rows", 10).set("fl", "id,score");
    String language = question.language();
    switch (this) {
      case EDISMAX, EDISMAX_COUNTED -> {
        String fields = "title_%s body_%s".formatted(language, language);
        params.set("defType", "edismax").set("qf", fields).set("tie", "1.0").set("q.op", "OR");
        // As the blend does: a question mark is none of edismax' wildcards.
        params.set("q", question.text().replaceAll("[^\\p{L}\\p{N}]+", " "));
        if (this == EDISMAX_COUNTED) {
          // the default of /baton/search
          params.set("minExactCount", 1000);
        }
      }
      case KNN ->
          params.set(
              "q",
              "{!knn f=%s topK=%d}%s".formatted(question.vectorField(), DEPTH, question.vector()));
      case BLEND -> blend(params, question, "lexical,vector");
      case BLEND_GRAPH -> blend(params, question, "lexical,vector,graph");
    }
    return params;
  }

  private static void blend(ModifiableSolrParams params, Question question, String channels) {
    params.set("q", question.text()).set("baton.channels", channels);
    params.set("baton.depth", DEPTH).set("baton.lang", question.language());
  }
}
