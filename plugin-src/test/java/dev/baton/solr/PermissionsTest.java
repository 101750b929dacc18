package dev.baton.solr;

import static org.assertj.core.api.BDDAssertions.then;

import java.security.Principal;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.solr.common.params.ModifiableSolrParams;
import org.apache.solr.common.params.SolrParams;
import org.apache.solr.security.AuthorizationContext;
import org.apache.solr.security.AuthorizationResponse;
import org.apache.solr.security.RuleBasedAuthorizationPlugin;
import org.junit.BeforeClass;
import org.junit.Test;

/** What Solr's authorisation by rules makes of the handlers that the configset names. */
public class PermissionsTest extends QueriesTestCase {

  private static final Map<String, Object> RULES =
      Map.of(
          "user-role",
          Map.of("anna", "reader", "boris", "writer"),
          "permissions",
          List.of(
              Map.of("name", "read", "role", "reader"),
              Map.of("name", "update", "role", "writer"),
              Map.of("name", "all", "role", "admin")));

  @BeforeClass
  public static void start() throws Exception {
    startCore(List.of());
  }

  private static Set<String> handlers() {
    return h.getCore().getRequestHandlers().keySet().stream()
        .filter(path -> path.startsWith("/baton/"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  public void whoMayReadACollectionMayUseEveryHandlerAndNobodyElse() throws Exception {
    then(handlers())
        .contains("/baton/graph", "/baton/models", "/baton/passages", "/baton/search")
        .allSatisfy(path -> {
          then(answer("anna", path)).as(path).isEqualTo(AuthorizationResponse.OK.statusCode);
          then(answer("boris", path))
              .as(path)
              .isEqualTo(AuthorizationResponse.FORBIDDEN.statusCode);
          then(answer(null, path)).as(path).isEqualTo(AuthorizationResponse.PROMPT.statusCode);
        });
  }

  private static int answer(String user, String path) throws Exception {
    try (RuleBasedAuthorizationPlugin plugin = new RuleBasedAuthorizationPlugin()) {
      plugin.init(RULES);
      return plugin.authorize(new Asked(user, path)).statusCode;
    }
  }

  /** A request of a user to a handler of the core. */
  private static final class Asked extends AuthorizationContext {
    private final String user;
    private final String path;

    Asked(String user, String path) {
      this.user = user;
      this.path = path;
    }

    @Override
    public SolrParams getParams() {
      return new ModifiableSolrParams();
    }

    @Override
    public Principal getUserPrincipal() {
      return user == null ? null : () -> user;
    }

    @Override
    public String getUserName() {
      return user;
    }

    @Override
    public String getHttpHeader(String header) {
      return null;
    }

    @Override
    public Enumeration<String> getHeaderNames() {
      return Collections.emptyEnumeration();
    }

    @Override
    public String getRemoteAddr() {
      return "127.0.0.1";
    }

    @Override
    public String getRemoteHost() {
      return "localhost";
    }

    @Override
    public List<CollectionRequest> getCollectionRequests() {
      return List.of(new CollectionRequest("collection1"));
    }

    @Override
    public RequestType getRequestType() {
      return RequestType.READ;
    }

    @Override
    public String getResource() {
      return path;
    }

    @Override
    public String getHttpMethod() {
      return "GET";
    }

    @Override
    public Object getHandler() {
      return h.getCore().getRequestHandler(path);
    }
  }
}
