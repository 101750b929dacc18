package dev.baton.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SolrHomeTest {

  @TempDir Path folder;
  private SolrHome home;
  private Path configset;

  @BeforeEach
  void prepareSources() throws IOException {
    home = new SolrHome(folder.resolve("home"));
    configset = folder.resolve("configset");
    Files.createDirectories(configset.resolve("conf"));
    Files.writeString(configset.resolve("conf/solrconfig.xml"), "<config/>");
  }

  @Test
  void aNewFolderBecomesAHomeAndTheSecondTimeNothingIsWritten() throws IOException {
    Path zip = zip("a-1.jar", "licences/LICENSE");
    assertThat(home.prepare(zip, configset))
        .containsExactly("solr.xml", "zoo.cfg", "lib, from plugin.zip", "configsets/baton");
    assertThat(home.folder().resolve("lib/a-1.jar")).hasContent("a-1.jar");
    assertThat(home.folder().resolve("lib/licences/LICENSE")).exists();
    assertThat(home.folder().resolve("configsets/baton/conf/solrconfig.xml")).exists();
    assertThat(home.prepare(zip, configset)).isEmpty();
  }

  @Test
  void anotherZipTakesAwayItsOwnOldJarsAndNoOthers() throws IOException {
    home.prepare(zip("a-1.jar", "b-1.jar"), configset);
    Path foreign = Files.writeString(home.folder().resolve("lib/foreign.jar"), "foreign");
    assertThat(home.prepare(zip("a-2.jar", "bigger.jar"), configset))
        .containsExactly("lib, from plugin.zip");
    assertThat(home.folder().resolve("lib"))
        .isDirectoryNotContaining("glob:**/*-1.jar")
        .isDirectoryContaining("glob:**/a-2.jar");
    assertThat(foreign).exists();
  }

  @Test
  void aLostJarComesBack() throws IOException {
    Path zip = zip("a-1.jar");
    home.prepare(zip, configset);
    Files.delete(home.folder().resolve("lib/a-1.jar"));
    home.prepare(zip, configset);
    assertThat(home.folder().resolve("lib/a-1.jar")).exists();
  }

  @Test
  void theConfigsetFollowsItsSource() throws IOException {
    Path zip = zip("a-1.jar");
    Path old = Files.writeString(configset.resolve("conf/old.txt"), "old");
    home.prepare(zip, configset);
    Files.delete(old);
    Files.writeString(configset.resolve("conf/solrconfig.xml"), "<config version='2'/>");
    assertThat(home.prepare(zip, configset)).containsExactly("configsets/baton");
    Path copy = home.folder().resolve("configsets/baton/conf");
    assertThat(copy.resolve("old.txt")).doesNotExist();
    assertThat(copy.resolve("solrconfig.xml")).hasContent("<config version='2'/>");
  }

  @Test
  void whatStandsInSolrXmlIsLeftAlone() throws IOException {
    Files.createDirectories(home.folder());
    Path solrXml = Files.writeString(home.folder().resolve("solr.xml"), "<solr/>");
    home.prepare(zip("a-1.jar"), configset);
    assertThat(solrXml).hasContent("<solr/>");
  }

  @Test
  void aFolderWithOtherThingsIsRefusedAndNotTouched() throws IOException {
    Files.createDirectories(home.folder());
    Files.writeString(home.folder().resolve("letter.txt"), "Dear ...");
    Path zip = zip("a-1.jar");
    assertThatThrownBy(() -> home.prepare(zip, configset))
        .hasMessage(home.folder() + " is not a Solr home: it has no solr.xml, and it is not empty");
    assertThat(home.folder().toFile().list()).containsExactly("letter.txt");
  }

  @Test
  void anEntryThatLeavesTheFolderIsRefused() throws IOException {
    Path zip = zip("../../evil.jar");
    assertThatThrownBy(() -> home.prepare(zip, configset))
        .hasMessageContaining("has an entry outside its folder: ../../evil.jar");
    assertThat(folder.resolve("evil.jar")).doesNotExist();
  }

  @Test
  void whatIsMissingIsNamed() throws IOException {
    Path zip = zip("a-1.jar");
    assertThatThrownBy(() -> home.prepare(zip, folder.resolve("nothing")))
        .hasMessage(
            "No " + folder.resolve("nothing/conf/solrconfig.xml") + ": the configset is not there");
  }

  private Path zip(String... names) throws IOException {
    Path zip = folder.resolve("plugin.zip");
    try (OutputStream bytes = Files.newOutputStream(zip);
        ZipOutputStream out = new ZipOutputStream(bytes)) {
      for (String name : List.of(names)) {
        out.putNextEntry(new ZipEntry(name));
        out.write(name.getBytes(java.nio.charset.StandardCharsets.UTF_8));
      }
    }
    return zip;
  }
}
