package dev.baton.solr;

import dev.baton.config.BlendSettings;
import dev.baton.config.SettingsException;
import dev.baton.search.ProfileScore;
import java.io.IOException;
import java.util.Optional;
import org.apache.solr.common.SolrException;
import org.apache.solr.common.SolrException.ErrorCode;
import org.apache.solr.common.util.NamedList;
import org.apache.solr.common.util.SimpleOrderedMap;
import org.apache.solr.request.SolrQueryRequest;
import org.apache.solr.request.SolrRequestInfo;

/** Makes the shift of scores from the profile of a request. */
final class RequestProfile {

  /** The parameter, and what the header of the response says of it. */
  private static final String NAME = "baton.profile";

  private RequestProfile() {}

  /**
   * What shifts the scores, as far as the request sees what the profile names; empty if that is
   * nothing. Says in the header of the response how much of the profile counts.
   *
   * @param text the profile, as JSON
   * @throws SolrException 400 naming every fault of the profile
   */
  static Optional<ProfileScore> score(
      SolrQueryRequest request, String text, BlendSettings settings, RequestVisibility visibility) {
    try {
      ProfileRequest asked = ProfileRequest.parse(text);
      VisibleProfile seen = VisibleProfile.of(asked, settings, request.getSearcher(), visibility);
      report(asked, seen);
      return seen.profile().isEmpty() || settings.profileWeight() == 0
          ? Optional.empty()
          : Optional.of(new ProfileScore(seen.profile()));
    } catch (SettingsException e) {
      throw new SolrException(ErrorCode.BAD_REQUEST, e.getMessage(), e);
    } catch (IOException e) {
      throw new SolrException(ErrorCode.SERVER_ERROR, NAME + " cannot be read", e);
    }
  }

  private static void report(ProfileRequest asked, VisibleProfile seen) {
    SolrRequestInfo info = SolrRequestInfo.getRequestInfo();
    if (info != null && info.getRsp() != null && info.getRsp().getResponseHeader() != null) {
      SimpleOrderedMap<Object> counts = new SimpleOrderedMap<>();
      counts.add("read", seen.read());
      counts.add("follow", seen.follow());
      counts.add(
          "ignored", asked.read().size() - seen.read() + asked.follow().size() - seen.follow());
      NamedList<Object> header = info.getRsp().getResponseHeader();
      header.remove(NAME);
      header.add(NAME, counts);
    }
  }
}
