package dev.sqlmem.wire.type;

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
    })
    void findsTheCodecAndItsDescription(int oid, int typmod, short length, StorageClass storage) {
        TypeCodec codec = Objects.requireNonNull(TypeCodecs.forOid(oid, typmod));

        assertThat(codec.oid()).isEqualTo(oid);
        assertThat(codec.length()).isEqualTo(length);
        assertThat(codec.storage()).isEqualTo(storage);
    }

    @ParameterizedTest
    @CsvSource({
        "1700, -1", // numeric
        "1700, 1245188", // numeric(19,0)
        "1700, 329730", // numeric(5,-2)
        "1700, 131080", // numeric(2,4)
        "1042, -1", // bpchar
        "701, -1", // float8
        "0, -1",
    })
    void hasNoCodecForWhatIsNotStoredExactly(int oid, int typmod) {
        assertThat(TypeCodecs.forOid(oid, typmod)).isNull();
    }

    @Test
    void storesNumericUpToEighteenDigits() {
        assertThat(TypeCodecs.forOid(1700, NumericCodec.typmod(18, 0))).isSameAs(TypeCodecs.NUMERIC);
        assertThat(TypeCodecs.forOid(1700, NumericCodec.typmod(18, 18))).isSameAs(TypeCodecs.NUMERIC);
        assertThat(TypeCodecs.forOid(1700, NumericCodec.typmod(18, 19))).isNull();
    }
}
