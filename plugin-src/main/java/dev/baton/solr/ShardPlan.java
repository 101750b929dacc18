package dev.baton.solr;

import dev.baton.search.BlendPlan;
import dev.baton.search.Lead;
import dev.baton.search.Reach;
import dev.baton.walk.Reached;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.SolrException.ErrorCode;
import org.apache.solr.common.util.Utils;
import org.apache.solr.request.SolrQueryRequest;

/**
 * What the coordinator tells the shards of the blends of a request, as one parameter: the vector of
 * the question, so that the model runs once, and what was found in all shards together. A shard
 * takes from it only documents that the filters of the request let through.
 *
 * @param parts by the key of {@link RequestBlends}
 */
record ShardPlan(Map<String, Part> parts) {

  /** Only requests between shards may have it. */
  static final String PARAMETER = "baton.plan";

  private static final String CONTEXT_KEY = "baton.plan";

  /**
   * What is known of one blend.
   *
   * @param field the vectors that the question is compared with; empty where vectors are off
   * @param vector of the question; empty where vectors are off
   * @param plan empty as long as nothing was found
   */
  record Part(String field, float[] vector, Optional<BlendPlan> plan) {

    Part with(BlendPlan found) {
      return new Part(field, vector, Optional.of(found));
    }
  }

  ShardPlan {
    parts = Map.copyOf(parts);
  }

  /** The plan that came with a request to a shard. */
  static ShardPlan of(SolrQueryRequest request) {
    return (ShardPlan)
        request
            .getContext()
            .computeIfAbsent(CONTEXT_KEY, key -> parse(request.getParams().get(PARAMETER)));
  }

  String toJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    parts.forEach((key, part) -> {
      Map<String, Object> values = new LinkedHashMap<>();
      values.put("field", part.field());
      values.put("vector", encoded(part.vector()));
      part.plan()
          .ifPresent(plan -> {
            values.put("nearest", List.copyOf(plan.nearest()));
            values.put("leastWords", plan.leastWords());
            values.put("leads", plan.reach().leads().stream().map(ShardPlan::toList).toList());
            Map<String, Object> elsewhere = new LinkedHashMap<>();
            plan.reach().elsewhere().forEach((id, reached) -> elsewhere.put(id, toList(reached)));
            values.put("elsewhere", elsewhere);
          });
      json.put(key, values);
    });
    return Utils.toJSONString(json, -1);
  }

  private static ShardPlan parse(String json) {
    try {
      Map<String, Part> parts = new HashMap<>();
      ((Map<?, ?>) Utils.fromJSONString(json))
          .forEach((key, part) -> parts.put((String) key, part((Map<?, ?>) part)));
      return new ShardPlan(parts);
    } catch (ClassCastException | IllegalArgumentException | NullPointerException e) {
      throw new SolrException(
          ErrorCode.BAD_REQUEST, PARAMETER + " is for requests between shards only", e);
    }
  }

  private static Part part(Map<?, ?> values) {
    Optional<BlendPlan> plan = Optional.empty();
    if (values.get("nearest") != null) {
      List<Lead> leads = new ArrayList<>();
      for (Object lead : (List<?>) values.get("leads")) {
        leads.add(lead((List<?>) lead));
      }
      Map<String, Reached> elsewhere = new HashMap<>();
      ((Map<?, ?>) values.get("elsewhere"))
          .forEach((id, reached) ->
              elsewhere.put((String) id, reached((List<?>) reached, Optional.empty())));
      plan =
          Optional.of(
              new BlendPlan(
                  new HashSet<>(strings(values.get("nearest"))),
                  ((Number) values.get("leastWords")).floatValue(),
                  new Reach(leads, elsewhere)));
    }
    return new Part((String) values.get("field"), decoded((String) values.get("vector")), plan);
  }

  private static List<Object> toList(Lead lead) {
    List<Object> values = new ArrayList<>(toList(lead.reached()));
    values.add(List.copyOf(lead.members()));
    lead.reached()
        .via()
        .ifPresent(via -> {
          values.add(via.documentId());
          values.add(via.title());
        });
    return values;
  }

  private static Lead lead(List<?> values) {
    Optional<Reached.Via> via =
        values.size() == 5
            ? Optional.empty()
            : Optional.of(new Reached.Via((String) values.get(5), (String) values.get(6)));
    return new Lead(reached(values, via), new HashSet<>(strings(values.get(4))));
  }

  private static List<Object> toList(Reached reached) {
    return List.of(reached.entity(), reached.score(), reached.surface(), reached.evidence());
  }

  private static Reached reached(List<?> values, Optional<Reached.Via> via) {
    return new Reached(
        (String) values.get(0),
        ((Number) values.get(1)).doubleValue(),
        (String) values.get(2),
        via,
        (String) values.get(3));
  }

  static List<String> strings(Object list) {
    return ((List<?>) list).stream().map(String.class::cast).toList();
  }

  static String encoded(float[] vector) {
    ByteBuffer bytes = ByteBuffer.allocate(vector.length * Float.BYTES);
    bytes.asFloatBuffer().put(vector);
    return Base64.getEncoder().encodeToString(bytes.array());
  }

  static float[] decoded(String text) {
    byte[] bytes = Base64.getDecoder().decode(text);
    float[] vector = new float[bytes.length / Float.BYTES];
    ByteBuffer.wrap(bytes).asFloatBuffer().get(vector);
    return vector;
  }
}
