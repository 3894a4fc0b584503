-- What filter expressions ask of calls, one element a subsegment as in the other lists.
-- Flags: 1 error, 2 throttle, 4 fault, 8 in progress; of documents written earlier, as far as their class tells.
ALTER TABLE segments
    ADD COLUMN IF NOT EXISTS sub_flags Array(UInt8)
        DEFAULT arrayMap(class -> toUInt8(multiIf(class = 1, 1, class = 2, 3, class = 3, 4, class = 4, 8, 0)), sub_class)
        CODEC(ZSTD(1)) AFTER sub_traced;
ALTER TABLE segments
    ADD COLUMN IF NOT EXISTS sub_status Array(UInt16)
        DEFAULT arrayMap(class -> toUInt16(0), sub_class)
        CODEC(ZSTD(1)) AFTER sub_flags;

-- Rare values of annotations: every key":value, and 1 where a key has a list of values (comparisons.py).
ALTER TABLE segments
    ADD INDEX IF NOT EXISTS by_annotation
        arrayPushBack(splitByString(',"', substring(annotations, 3, length(annotations) - 3)), toString(position(annotations, '":[') > 0))
        TYPE bloom_filter(0.01) GRANULARITY 1;

-- Documents whose time is not the one their trace's id tells: in most stores there is none (slices.py).
ALTER TABLE segments
    ADD INDEX IF NOT EXISTS by_own_time
        toUInt8(trace_time != reinterpretAsUInt32(reverse(substring(trace_id, 1, 4))))
        TYPE minmax GRANULARITY 1;

-- In the background, for what is stored already; until it is through, questions are slower and not wrong.
ALTER TABLE segments MATERIALIZE INDEX by_annotation;
ALTER TABLE segments MATERIALIZE INDEX by_own_time;
