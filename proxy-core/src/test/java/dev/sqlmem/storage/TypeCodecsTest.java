package dev.sqlmem.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TypeCodecsTest {

    @ParameterizedTest
    @CsvSource({
        "16, -1, 1, INTEGER", // bool
        "17, -1, -1, BLOB", // bytea
        "20, -1, 8, INTEGER", // int8
        "21, -1, 2, INTEGER", // int2
        "23, -1, 4, INTEGER", // int4
        "25, -1, -1, TEXT", // text
        "1042, 10, -1, TEXT", // character(6)
        "1043, -1, -1, TEXT", // varchar
        "1043, 44, -1, TEXT", // varchar(40)
        "1082, -1, 4, INTEGER", // date
        "1083, 3, 8, INTEGER", // time(3)
        "1114, -1, 8, INTEGER", // timestamp
        "1184, 0, 8, INTEGER", // timestamptz(0)
        "1700, 655366, -1, INTEGER", // numeric(10,2)
        "2950, -1, 16, BLOB", // uuid
        "1700, -1, -1, BLOB", // numeric
        "1700, 1245188, -1, BLOB", // numeric(19,0)
        "1700, 329730, -1, BLOB", // numeric(5,-2)
        "1700, 131080, -1, BLOB", // numeric(2,4)
        "1042, -1, -1, BLOB", // bpchar
        "700, -1, 4, REAL", // float4
        "701, -1, 8, REAL", // float8
        "1186, -1, 16, BLOB", // interval
        "1266, -1, 12, INTEGER", // timetz
        "26, -1, 4, INTEGER", // oid
        "19, -1, 64, TEXT", // name
        "869, -1, -1, BLOB", // inet
        "650, -1, -1, BLOB", // cidr
        "829, -1, 6, BLOB", // macaddr
        "774, -1, 8, BLOB", // macaddr8
        "1560, 11, -1, TEXT", // bit(11)
        "1562, -1, -1, TEXT", // varbit
        "1007, -1, -1, BLOB", // int4[]
        "1231, 655366, -1, BLOB", // numeric(10,2)[]
        "114, -1, -1, BLOB", // json
        "3802, -1, -1, BLOB", // jsonb
    })
    void findsTheCodecAndItsDescription(int oid, int typmod, short length, StorageClass storage) {
        TypeCodec codec = Objects.requireNonNull(TypeCodecs.forOid(oid, typmod));

        assertThat(codec.oid()).isEqualTo(oid);
        assertThat(codec.length()).isEqualTo(length);
        assertThat(codec.storage()).isEqualTo(storage);
    }

    @ParameterizedTest
    @CsvSource({
        "790, -1", // money
        "18, -1", // "char"
        "1033, -1", // aclitem
        "194, -1", // pg_node_tree
        "0, -1",
    })
    void hasNoCodecForWhatIsNotStoredExactly(int oid, int typmod) {
        assertThat(TypeCodecs.forOid(oid, typmod)).isNull();
    }

    @Test
    void listsEachTypeOnce() {
        assertThat(TypeCodecs.builtIn())
                .extracting(each -> each.codec().oid())
                .doesNotHaveDuplicates()
                .contains(16, 701, 3802, 1007);
        assertThat(TypeCodecs.builtIn()).extracting(BuiltIn::name).doesNotHaveDuplicates();
    }

    @Test
    void storesNumericUpToEighteenDigits() {
        assertThat(TypeCodecs.forOid(1700, NumericCodec.typmod(18, 0))).isSameAs(TypeCodecs.NUMERIC);
        assertThat(TypeCodecs.forOid(1700, NumericCodec.typmod(18, 18))).isSameAs(TypeCodecs.NUMERIC);
        assertThat(TypeCodecs.forOid(1700, NumericCodec.typmod(18, 19))).isSameAs(TypeCodecs.WIDE_NUMERIC);
    }
}
