package dev.baton.tool;

import dev.baton.launcher.SolrHome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Puts the plugin and the configset into a Solr home. */
@Command(name = "install", description = "Puts the plugin and the configset into a Solr home.")
final class InstallCommand implements Callable<Integer> {

  @Option(names = "--solr-home", required = true, description = "The folder with solr.xml.")
  private Path solrHome;

  @Override
  public Integer call() throws IOException {
    SolrHome home = new SolrHome(solrHome);
    Build build = Build.current();
    List<String> written = home.prepare(build.pluginZip(), build.configset());
    if (written.isEmpty()) {
      System.out.println("All is there already in " + home.folder());
    }
    written.forEach(what -> System.out.println("Wrote " + what + " in " + home.folder()));
    System.out.println(
        """
        Next:
          1. Restart Solr; it loads the plugin from %s.
          2. Make a collection. Standalone:
               curl 'http://localhost:8983/solr/admin/cores?action=CREATE&name=library&configSet=baton'
             In a cluster:
               bin/solr zk upconfig -n baton -d %s -z localhost:9983
               curl 'http://localhost:8983/solr/admin/collections?action=CREATE&name=library&numShards=1&collection.configName=baton'
          3. Index: scripts/index --collection test-collections/library --url http://localhost:8983/solr\
        """
            .formatted(
                home.folder().resolve("lib"),
                home.folder().resolve("configsets").resolve(SolrHome.CONFIGSET)));
    return 0;
  }
}
