-- Writes 64 bytes to one of 100 keys at random, through etcd's HTTP gateway.
local ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
local KEYS = 100
local held = {}

local function digit(at)
  return ALPHABET:sub(at + 1, at + 1)
end

local function base64(text)
  local out = {}
  for at = 1, #text, 3 do
    local a, b, c = text:byte(at, at + 2)
    local bits = a * 65536 + (b or 0) * 256 + (c or 0)
    out[#out + 1] = digit(math.floor(bits / 262144))
    out[#out + 1] = digit(math.floor(bits / 4096) % 64)
    out[#out + 1] = b and digit(math.floor(bits / 64) % 64) or "="
    out[#out + 1] = c and digit(bits % 64) or "="
  end
  return table.concat(out)
end

function init()
  local value = base64(string.rep("x", 64))
  for key = 0, KEYS - 1 do
    local name = base64(string.format("key-%04d", key))
    local body = string.format('{"key":"%s","value":"%s"}', name, value)
    held[key] = wrk.format("POST", "/v3/kv/put", nil, body)
  end
end

function request()
  return held[math.random(0, KEYS - 1)]
end
