package dev.baton.solr;

import dev.baton.config.SettingsException;
import dev.baton.config.SettingsReader;
import dev.baton.graph.GraphView;
import dev.baton.text.EntityName;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.solr.common.params.SolrParams;

/**
 * Which relations are asked for; at least one of the first three is given.
 *
 * @param subject a name, normalised; empty for any
 * @param relation empty for any
 * @param object a name, normalised; empty for any
 * @param derived whether those that rules derive, or those that documents state; empty for both
 */
record RelationPattern(
    Optional<String> subject,
    Optional<String> relation,
    Optional<String> object,
    Optional<Boolean> derived) {

  /** Local parameters that Solr reads, whatever the parser. */
  private static final Set<String> OF_SOLR =
      Set.of("type", "v", "tag", "ex", "key", "cache", "cost", "df");

  /**
   * Reads local parameters.
   *
   * @throws SettingsException naming every parameter that breaks its rule or is not known
   */
  static RelationPattern parse(SolrParams local) {
    Map<String, String> values = new LinkedHashMap<>();
    for (Iterator<String> names = local.getParameterNamesIterator(); names.hasNext(); ) {
      String name = names.next();
      if (!OF_SOLR.contains(name)) {
        values.put(name, local.get(name));
      }
    }
    SettingsReader reader = new SettingsReader("", values);
    RelationPattern pattern =
        new RelationPattern(
            name(reader, "subject", values),
            reader.optional("relation"),
            name(reader, "object", values),
            reader.optional("derived").map(text -> reader.flag("derived", false)));
    if (pattern.subject.isEmpty() && pattern.relation.isEmpty() && pattern.object.isEmpty()) {
      reader.fault("a relation", "needs a subject, a relation or an object", values);
    }
    if (pattern.relation.equals(Optional.of(GraphView.COOCCURS))) {
      reader.fault(
          "relation",
          "must be one of triples; what stands together in a sentence is in the field cooccurrences",
          GraphView.COOCCURS);
    }
    String text = local.get("v");
    if (text != null && !text.isBlank()) {
      reader.fault("v", "must be empty, as subject, relation and object say what is asked", text);
    }
    reader.finish();
    return pattern;
  }

  private static Optional<String> name(
      SettingsReader reader, String parameter, Map<String, String> values) {
    Optional<String> name =
        reader.optional(parameter).map(EntityName::normalize).filter(id -> !id.isEmpty());
    if (values.containsKey(parameter) && name.isEmpty()) {
      reader.fault(parameter, "must be a name", values.get(parameter));
    }
    return name;
  }

  boolean wantsStated() {
    return !derived.orElse(false);
  }

  boolean wantsDerived() {
    return derived.orElse(true);
  }
}
