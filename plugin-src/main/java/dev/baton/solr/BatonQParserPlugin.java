package dev.baton.solr;

import dev.baton.config.BlendSettings;
import dev.baton.config.SettingsException;
import dev.baton.text.Language;
import java.util.HashMap;
import java.util.Map;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.params.SolrParams;
import org.apache.solr.common.util.NamedList;
import org.apache.solr.request.SolrQueryRequest;
import org.apache.solr.search.QParser;
import org.apache.solr.search.QParserPlugin;

/**
 * The query parser {@code baton}. In solrconfig its settings are those of {@link BlendSettings},
 * and {@code qf.zh}, {@code qf.en}: the fields of the lexical channel by language of the query. A
 * request overrides them with {@code baton.NAME}, or {@code NAME} as a local parameter, and {@code
 * qf}.
 */
public final class BatonQParserPlugin extends QParserPlugin {

  /** As in solrconfig. */
  public static final String NAME = "baton";

  private static final Map<String, String> FIELDS =
      Map.of("qf.zh", "title_zh body_zh", "qf.en", "title_en body_en");

  private final Map<String, String> blend = new HashMap<>();
  private final Map<String, String> fields = new HashMap<>(FIELDS);

  @Override
  public void init(NamedList<?> args) {
    args.forEach((name, value) -> {
      if (FIELDS.containsKey(name)) {
        fields.put(name, String.valueOf(value));
      } else {
        blend.put(name, String.valueOf(value));
      }
    });
    for (Language language : Language.values()) {
      try {
        BlendSettings.parse(blend, Map.of(), language.code());
      } catch (SettingsException e) {
        throw new SolrException(
            SolrException.ErrorCode.SERVER_ERROR, "queryParser " + NAME + ": " + e.getMessage(), e);
      }
    }
  }

  @Override
  public QParser createParser(
      String text, SolrParams localParams, SolrParams params, SolrQueryRequest request) {
    return new BatonQParser(
        text, localParams, params, request, Map.copyOf(blend), Map.copyOf(fields));
  }
}
