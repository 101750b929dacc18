package dev.baton.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BareNameTest {

  private static String bare(String type, String name) {
    return BareName.of(type, EntityName.normalize(name));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Apple Inc.           | apple
          Apple, Inc.          | apple
          Foo Co., Ltd.        | foo
          ＡＰＰＬＥ　Ｉｎｃ．     | apple
          腾讯控股有限公司       | 腾讯控股
          騰訊控股有限公司       | 腾讯控股
          某某科技股份有限公司    | 某某科技
          Volkswagen AG        | volkswagen
          """)
  void legalFormsAreTakenOffOrganisations(String name, String bare) {
    assertThat(bare("ORG", name)).isEqualTo(bare);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Mr. Darcy            | darcy
          Prof. Dr. John Smith | john smith
          Mrs. Virginia Woolf  | virginia woolf
          鲁迅先生              | 鲁迅
          魯迅先生              | 鲁迅
          钱锺书教授            | 钱锺书
          """)
  void formsOfAddressAreTakenOffPersons(String name, String bare) {
    assertThat(bare("PER", name)).isEqualTo(bare);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ORG | Inc.
          ORG | 有限公司
          ORG | Tiffany & Co.
          ORG | East India Company
          ORG | Zinc
          PER | 王先生
          PER | 欧阳先生
          PER | 先生
          PER | Mrs. Bennet
          PER | Mr. T
          PER | Sir
          PER | Mister Ed
          LOC | Foo Ltd.
          WORK | 藤野先生
          WORK | Mr. Darcy
          """)
  void whatWouldBeNoNameOrBelongsToItStays(String type, String name) {
    assertThat(bare(type, name)).isEqualTo(EntityName.normalize(name));
  }

  @Test
  void aBareNameStaysAsItIs() {
    for (String name : new String[] {"apple", "腾讯控股", "x corporation", "dr. dr. who ltd."}) {
      for (String type : new String[] {"PER", "ORG", "LOC"}) {
        String once = BareName.of(type, name);
        assertThat(BareName.of(type, once)).isEqualTo(once);
      }
    }
  }
}
