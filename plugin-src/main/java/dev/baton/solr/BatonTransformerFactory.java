package dev.baton.solr;

import dev.baton.search.BlendQuery;
import dev.baton.search.Origin;
import dev.baton.search.PassageChoice;
import dev.baton.search.Passages;
import dev.baton.search.Profile;
import dev.baton.search.ProfileScore;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.solr.common.SolrDocument;
import org.apache.solr.common.params.SolrParams;
import org.apache.solr.request.SolrQueryRequest;
import org.apache.solr.response.transform.DocTransformer;
import org.apache.solr.response.transform.TransformerFactory;
import org.apache.solr.search.SolrIndexSearcher;

/**
 * {@code fl=[baton]}: what each channel, and the profile of the request, added to the score of a
 * hit, which add up to it; where the graph led to the document, how; and of a document with
 * passages the one that words and vector together choose ({@link PassageChoice}), with {@code
 * [baton passage=true]} also its text. With {@code [baton scores=true]} also what each channel says
 * before it is weighed, in [0, 1]. Absent where the request has no {!baton} or it did not match.
 */
public final class BatonTransformerFactory extends TransformerFactory {

  /** A local parameter: whether the text of the passage is wanted. */
  private static final String PASSAGE = "passage";

  /** A local parameter: whether the scores of the channels are wanted. */
  private static final String SCORES = "scores";

  @Override
  public DocTransformer create(String field, SolrParams params, SolrQueryRequest request) {
    return new Shares(
        field, request, params.getBool(PASSAGE, false), params.getBool(SCORES, false));
  }

  private static final class Shares extends DocTransformer {

    private final String field;
    private final SolrQueryRequest request;
    private final boolean withText;
    private final boolean withScores;

    private PassageChoice choice;

    Shares(String field, SolrQueryRequest request, boolean withText, boolean withScores) {
      this.field = field;
      this.request = request;
      this.withText = withText;
      this.withScores = withScores;
    }

    @Override
    public String getName() {
      return field;
    }

    @Override
    public boolean needsSolrIndexSearcher() {
      return true;
    }

    @Override
    public void transform(SolrDocument document, int docId) throws IOException {
      if (request.getContext().get(BatonQParser.CONTEXT_KEY) instanceof BlendQuery blend) {
        Optional<Origin> origin = blend.origin(context.getSearcher(), docId);
        if (origin.isPresent()) {
          Map<String, Object> shares = shares(origin.get(), kept());
          if (withScores) {
            shares.put(SCORES, scores(origin.get()));
          }
          addProfile(shares, origin.get(), docId);
          if (origin.get().passage().isPresent()) {
            Optional<PassageChoice.Choice> chosen = choice(blend).of(docId);
            if (chosen.isPresent()) {
              shares.put("passage", passage(chosen.get()));
            }
          }
          document.setField(field, shares);
        }
      }
    }

    /** What a profile leaves to the channels; 1 without one. */
    private double kept() {
      return request.getContext().get(BatonQParser.PROFILE_KEY) instanceof ProfileScore shift
          ? 1 - shift.profile().weight()
          : 1;
    }

    private void addProfile(Map<String, Object> shares, Origin origin, int docId)
        throws IOException {
      if (request.getContext().get(BatonQParser.PROFILE_KEY) instanceof ProfileScore shift) {
        Profile.Liking liking = shift.liking(context.getSearcher(), docId);
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("near", liking.near());
        shown.put("overlap", liking.overlap());
        if (!liking.entity().isEmpty()) {
          shown.put("entity", liking.entity());
        }
        shares.put("profile", shift.profile().weight() * origin.shares().sum() * liking.value());
        shares.put("liking", shown);
      }
    }

    private PassageChoice choice(BlendQuery blend) {
      if (choice == null) {
        SolrIndexSearcher searcher = context.getSearcher();
        choice = new PassageChoice(searcher, blend, searcher.getSchema().getIndexAnalyzer());
      }
      return choice;
    }

    private Map<String, Object> passage(PassageChoice.Choice chosen) throws IOException {
      String idField = request.getSchema().getUniqueKeyField().getName();
      int docId = chosen.passage().docId();
      Passages.Place place = chosen.place();
      Map<String, Object> passage = new LinkedHashMap<>();
      passage.put(
          "id", context.getSearcher().storedFields().document(docId, Set.of(idField)).get(idField));
      passage.put("field", place.field());
      if (place.value() > 0) {
        passage.put("value", place.value());
      }
      passage.put("start", place.start());
      passage.put("end", place.end());
      passage.put("cosine", chosen.passage().cosine());
      chosen.coverage().ifPresent(coverage -> passage.put("coverage", coverage));
      if (withText) {
        passage.put("text", chosen.text().orElse(null));
      }
      return passage;
    }

    private static Map<String, Object> scores(Origin origin) {
      Map<String, Object> scores = new LinkedHashMap<>();
      scores.put("lexical", origin.lexical());
      scores.put("vector", origin.vector());
      scores.put("graph", origin.graph());
      return scores;
    }

    private static Map<String, Object> shares(Origin origin, double kept) {
      Map<String, Object> shares = new LinkedHashMap<>();
      shares.put("lexical", kept * origin.shares().lexical());
      shares.put("vector", kept * origin.shares().vector());
      shares.put("graph", kept * origin.shares().graph());
      origin
          .reached()
          .filter(reached -> origin.shares().graph() > 0)
          .ifPresent(reached -> {
            shares.put("entity", reached.entity());
            reached.via().ifPresent(hit -> shares.put("via", hit.documentId()));
            shares.put("path", reached.path());
          });
      return shares;
    }
  }
}
